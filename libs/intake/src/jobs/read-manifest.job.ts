import { DomainError } from '@lacollecte/contracts';
import { type JobRun, processor } from '@lacollecte/messaging';
import { giveUpReading } from '../commands/fail-manifest.js';
import { endReading, failReading, type Reading, refuseRepeated, slicesOf, startReading, storePart } from '../commands/read-manifest-part.js';
import type { Manifest } from '../manifest/manifest-state.js';
import { readManifest } from '../manifest/read-manifest.js';
import { counted } from '../manifest/source.js';
import { storedFile } from '../persistence/manifest.repository.js';
import { ReadManifest } from './definitions.js';

/**
 * Reads a file from its start, in parts, and stores those that no earlier run has stored: the same file gives the same parts.
 * What is wrong with the file itself ends the manifest; anything else ends the attempt, and another goes on.
 */
async function read(run: JobRun<Reading>): Promise<void> {
  const giveWay = async (): Promise<void> => void (await run.finish(async () => undefined));
  const started = await run.step((tx) => startReading(tx, run.data));
  if (!started) return giveWay();
  let manifest: Manifest = started.manifest;
  try {
    const source = counted(storedFile(manifest, (work) => run.step(work)));
    const list = await readManifest(source, manifest);
    manifest = { ...manifest, columns: list.columns };
    let stored: number | undefined = started.nextPart;
    for await (const part of list.parts) {
      if (part.number < stored) continue;
      run.signal.throwIfAborted();
      stored = await run.step((tx) => storePart(tx, manifest, part, source.bytesRead));
      if (stored === undefined) return giveWay();
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return void (await run.finish((tx) => failReading(tx, run.data, error)));
  }
  const slices = await run.step((tx) => slicesOf(tx, manifest));
  for (let slice = 0; slice < slices; slice++) {
    while (await run.step((tx) => refuseRepeated(tx, manifest, slice, slices))) run.signal.throwIfAborted();
  }
  await run.finish((tx) => endReading(tx, run.data, manifest.columns));
}

export const readManifestJob = processor(ReadManifest, read, async (run) => void (await run.finish((tx) => giveUpReading(tx, run.data))));
