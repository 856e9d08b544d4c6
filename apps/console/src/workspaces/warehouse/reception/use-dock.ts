import { canonicalLabel } from '@lacollecte/contracts';
import { useLocalStorage } from '@mantine/hooks';
import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { intake } from '../../../api/clients.js';
import { isPassing, Problem } from '../../../api/problem.js';
import { sound } from '../scanning/tones.js';
import { identify, type Line, type Received, type ScanBody } from './dock.js';

/** What was scanned of the device in hand. */
export interface InHand {
  readonly label: string | null;
  /** Its serial or IMEI. */
  readonly identifier: string | null;
}
const EMPTY: InHand = { label: null, identifier: null };

/** What somebody has to say of a device that no line names. */
export type Details = Pick<ScanBody, 'category' | 'maker' | 'model' | 'manufacturedYear'>;

export interface Outcome {
  readonly hand: InHand;
  readonly received: Received | null;
  readonly error: unknown;
}

/** Nothing was said of the device itself: the same may be sent again. */
export const mayRepeat = (error: unknown): boolean => isPassing(error) || (error instanceof Problem && error.status >= 500);

/** Two scans receive a device, in any order: the label that was stuck on it, and what it says of itself. */
export function useDock(lotId: string, receptionId: string) {
  const client = useQueryClient();
  const [inHand, setInHand] = useLocalStorage<InHand>({ key: `lacollecte.dock.${receptionId}`, defaultValue: EMPTY, getInitialValueInEffect: false });
  // What an answer finds in hand when it comes, and not what was when it was asked for.
  const now = useRef(inHand);
  const hold = (hand: InHand) => {
    now.current = hand;
    setInHand(hand);
  };
  /** No line names it: its kind has to be said. */
  const [asking, setAsking] = useState(false);
  const [last, setLast] = useState<Outcome | null>(null);

  const countReceived = async ({ lineId }: Received) => {
    client.setQueriesData<InfiniteData<{ items: Line[] }>>({ queryKey: ['get', '/api/intake/lots/{lotId}/lines'] }, (data) => data && {
      ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map((line) => (line.id === lineId ? { ...line, received: line.received + 1 } : line)) })),
    });
    await Promise.all(['', '/devices', '/receptions'].map((rest) => client.invalidateQueries({ queryKey: ['get', `/api/intake/lots/{lotId}${rest}`] })));
  };
  const receive = async (hand: InHand, more: Partial<ScanBody> = {}) => {
    if (hand.label === null) return;
    const body: ScanBody = { label: hand.label, ...(hand.identifier !== null && identify(hand.identifier)), occurredAt: new Date().toISOString(), ...more };
    // The next device may be scanned while this one is on its way.
    if (now.current.label === hand.label) {
      hold(EMPTY);
      setAsking(false);
    }
    try {
      const { data } = await intake.call.POST('/api/intake/receptions/{receptionId}/devices', { params: { path: { receptionId } }, body });
      if (!data) return;
      sound(data.matched !== 'unexpected');
      setLast({ hand, received: data, error: null });
      await countReceived(data);
    } catch (error) {
      sound(false);
      const unnamed = error instanceof Problem && error.code === 'category-missing';
      // What can still be received stays in hand, unless another device is by now: then this one was refused.
      const free = now.current.label === null && now.current.identifier === null;
      if (free && (unnamed || mayRepeat(error))) hold(hand);
      if (free) setAsking(unnamed);
      setLast(free && unnamed ? null : { hand, received: null, error });
    }
  };
  const scan = (text: string) => {
    const label = canonicalLabel(text);
    // Both are there of a device that was not received: this scan is of another.
    const begun = now.current.label !== null && now.current.identifier !== null ? EMPTY : now.current;
    const hand = label === null ? { ...begun, identifier: text } : { ...begun, label };
    setLast(null);
    setAsking(false);
    hold(hand);
    if (hand.label !== null && hand.identifier !== null) void receive(hand);
  };
  return {
    lotId, inHand, asking, last, scan,
    /** Onto a line that somebody chose. */
    choose: (line: Pick<Line, 'id'>) => void receive(inHand, { lineId: line.id }),
    describe: (details: Details) => void receive(inHand, details),
    /** It says nothing of itself. */
    ask: () => setAsking(true),
    again: () => last && void receive(last.hand),
    putDown: () => (hold(EMPTY), setAsking(false), setLast(null)),
  };
}
export type Dock = ReturnType<typeof useDock>;
