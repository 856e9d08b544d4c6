import { useState } from 'react';

interface Versioned {
  readonly version: number;
}

/** What a form began with, beside what the server has now: an edit is of what one was shown. */
export interface Shown<Thing extends Versioned> {
  readonly shown: Thing;
  readonly now: Thing;
  /** Somebody has changed it since. */
  readonly overtaken: boolean;
  /** From now on the edit is of this one: ours that was saved, or the other's, seen and accepted. */
  readonly goOnFrom: (thing: Thing) => void;
}

export function useShown<Thing extends Versioned>(now: Thing): Shown<Thing> {
  const [shown, goOnFrom] = useState(now);
  return { shown, now, overtaken: now.version > shown.version, goOnFrom };
}
