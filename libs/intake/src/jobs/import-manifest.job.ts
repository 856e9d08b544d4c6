import { DomainError } from '@lacollecte/contracts';
import { crashPoint } from '@lacollecte/database';
import { type JobRun, processor } from '@lacollecte/messaging';
import { submitLot } from '../commands/advance-lot.js';
import { giveUpImport, takeLinesBack } from '../commands/fail-manifest.js';
import { endImport, importPart, lotToSubmit, partsLeft } from '../commands/import-manifest-part.js';
import { ImportManifest } from './definitions.js';

type Run = JobRun<{ manifestId: string }>;

/** Makes a confirmed list lines of its lot, a part at a time, and submits the lot where the donor asked for it. */
async function importManifest(run: Run): Promise<void> {
  const { manifestId } = run.data;
  for (const part of await run.step((tx) => partsLeft(tx, manifestId))) {
    run.signal.throwIfAborted();
    if (!(await run.step((tx) => importPart(tx, manifestId, part)))) break;
    crashPoint('import-after-part');
  }
  await run.step((tx) => endImport(tx, manifestId));
  const lot = await run.step((tx) => lotToSubmit(tx, manifestId));
  try {
    await run.finish(async (tx) => lot && submitLot(tx, lot));
  } catch (error) {
    // A person was faster, or nothing is left to submit: the lot stays as it is, for them to go on with.
    if (!(error instanceof DomainError)) throw error;
    await run.finish(async () => undefined);
  }
}

async function giveUp(run: Run): Promise<void> {
  const { manifestId } = run.data;
  while (await run.step((tx) => takeLinesBack(tx, manifestId))) run.signal.throwIfAborted();
  await run.finish((tx) => giveUpImport(tx, manifestId));
}

export const importManifestJob = processor(ImportManifest, importManifest, giveUp);
