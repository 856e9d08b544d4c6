import type { Category } from '@lacollecte/contracts';
import { DomainError } from '@lacollecte/contracts';
import type { Column, Field } from './fields.js';

export type ManifestState = 'uploaded' | 'reading' | 'previewed' | 'confirmed' | 'imported' | 'discarded' | 'failed';

/** Legal next states; `''` has those it may begin with. */
export const MANIFEST_TRANSITIONS: Readonly<Record<string, readonly ManifestState[]>> = {
  '': ['uploaded'],
  uploaded: ['reading', 'discarded', 'failed'],
  reading: ['previewed', 'discarded', 'failed'],
  // Read again, where the donor corrects how.
  previewed: ['reading', 'confirmed', 'discarded'],
  confirmed: ['imported', 'failed'],
  imported: [],
  discarded: [],
  failed: [],
};

/** How many data rows a list has, what became of them, and how many devices the accepted ones stand for. */
export interface Counts {
  readonly rows: number;
  readonly accepted: number;
  readonly refused: number;
  readonly devices: number;
}

/** A donor's file, as commands need it. */
export interface Manifest extends Counts {
  readonly id: string;
  readonly version: number;
  readonly state: ManifestState;
  readonly lotId: string;
  readonly donorId: string;
  readonly bytes: number;
  /** Which reading of the file counts: a corrected mapping begins another. */
  readonly reading: number;
  readonly columns: readonly Column[];
  /** The donor's correction; null where the headers say enough. */
  readonly fields: readonly (Field | null)[] | null;
  readonly category: Category | null;
  /** Submit the lot once the list is imported. */
  readonly submit: boolean;
  /** Why it failed: a code of the problem catalogue with its params. */
  readonly problem: { readonly code: string; readonly params: Readonly<Record<string, string | number>> } | null;
}

/** The same manifest in its next state and version. Throws `manifest-state` where the step does not fit. */
export function advanceManifest(manifest: Manifest, to: ManifestState): Manifest {
  if (!MANIFEST_TRANSITIONS[manifest.state]?.includes(to)) throw new DomainError('manifest-state', { state: manifest.state });
  return { ...manifest, state: to, version: manifest.version + 1 };
}
