import { useEffect, useRef, useState } from 'react';
import { intake } from '../../../api/clients.js';
import type { Lot } from '../lot.js';
import { sentOf, type Words, wordsOf } from './draft-words.js';
import { type Draft, ifMatch, isStale } from './use-draft.js';

/** Time after the last key until it is saved. */
const PAUSE_MS = 700;

/** Somebody else has written since. */
class Overtaken extends Error {}

const same = (one: Words, other: Words): boolean => JSON.stringify(sentOf(one)) === JSON.stringify(sentOf(other));

export type Saved = 'saved' | 'saving' | 'failed' | 'conflict';

/** The words of a draft as they are typed; they save themselves. What could not be saved stays in the fields. */
export function useWords(draft: Draft, lot: Lot) {
  const [words, setWords] = useState(() => wordsOf(lot));
  const [saved, setSaved] = useState<Saved>('saved');
  const latest = useRef(words);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const dirty = useRef(false);
  /** What the words here began from: what was read or saved last. Others' words come in with each look at the draft. */
  const base = useRef(words);
  /** What was sent and not answered: the service may have taken it. */
  const unanswered = useRef<Words | null>(null);
  const isKept = async (sent: Words): Promise<boolean> => {
    const { data: kept } = await intake.call.GET('/api/intake/lots/{lotId}', { params: { path: { lotId: draft.lotId } } }).catch(() => ({ data: undefined }));
    return kept !== undefined && same(wordsOf(kept), sent);
  };

  const save = async (): Promise<boolean> => {
    clearTimeout(timer.current);
    if (!dirty.current) return true;
    const sent = latest.current;
    const send = (version: number) => {
      if (!same(wordsOf(draft.known()!), base.current)) throw new Overtaken();
      return intake.call.PATCH('/api/intake/lots/{lotId}', { params: { path: { lotId: draft.lotId }, header: ifMatch(version) }, body: sentOf(sent) });
    };
    try {
      base.current = wordsOf(await draft.change(send, false));
      unanswered.current = null;
      if (latest.current === sent) {
        dirty.current = false;
        setSaved('saved');
      }
      return true;
    } catch (error) {
      const overtaken = isStale(error) || error instanceof Overtaken;
      const lost = unanswered.current;
      unanswered.current = overtaken ? null : sent;
      // The draft is another because of what was sent from here.
      if (overtaken && lost !== null && (await isKept(lost))) {
        base.current = wordsOf((await draft.reload())!);
        return save();
      }
      setSaved(overtaken ? 'conflict' : 'failed');
      return false;
    }
  };
  const saving = useRef(save);
  useEffect(() => {
    saving.current = save;
  });
  useEffect(() => {
    const again = () => void saving.current();
    const warn = (event: BeforeUnloadEvent) => void (dirty.current && event.preventDefault());
    addEventListener('online', again);
    addEventListener('beforeunload', warn);
    return () => {
      removeEventListener('online', again);
      removeEventListener('beforeunload', warn);
      void saving.current();
    };
  }, []);

  const set = (change: Partial<Words>) => {
    latest.current = { ...latest.current, ...change };
    dirty.current = true;
    setWords(latest.current);
    clearTimeout(timer.current);
    if (saved === 'conflict') return;
    setSaved('saving');
    timer.current = setTimeout(() => void saving.current(), PAUSE_MS);
  };
  const keepMine = async () => {
    const theirs = await draft.reload();
    if (!theirs) return;
    base.current = wordsOf(theirs);
    setSaved('saving');
    await save();
  };
  const takeTheirs = async () => {
    const theirs = await draft.reload();
    if (!theirs) return;
    dirty.current = false;
    base.current = wordsOf(theirs);
    latest.current = base.current;
    setWords(latest.current);
    setSaved('saved');
  };
  return { words, set, saved, save, keepMine, takeTheirs };
}
