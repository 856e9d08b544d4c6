import { DomainError } from '@lacollecte/contracts';
import { processor } from '@lacollecte/messaging';
import { endReading, failReading, startReading, storePart } from '../commands/read-manifest-part.js';
import { type OpenedList, readManifest } from '../manifest/read-manifest.js';
import { storedFile } from '../persistence/manifest.repository.js';
import { ReadManifest } from './definitions.js';

/**
 * Reads a file from its start, in parts, and stores those that no earlier run has stored: the same file gives the same parts.
 * What is wrong with the file itself ends the manifest; anything else ends the attempt, and another goes on.
 */
export const readManifestJob = processor(ReadManifest, async (run) => {
  const started = await run.step((tx) => startReading(tx, run.data));
  if (!started) return void (await run.finish(async () => undefined));
  const { manifest } = started;
  let list: OpenedList;
  try {
    list = await readManifest(storedFile(manifest, (work) => run.step(work)), manifest);
    let stored: number | undefined = started.nextPart;
    for await (const part of list.parts) {
      if (part.number < stored) continue;
      run.signal.throwIfAborted();
      stored = await run.step((tx) => storePart(tx, manifest, part, list.rows));
      if (stored === undefined) return void (await run.finish(async () => undefined));
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return void (await run.finish((tx) => failReading(tx, run.data, error)));
  }
  await run.finish((tx) => endReading(tx, run.data, list.columns));
});
