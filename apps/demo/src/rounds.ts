import { STOCK_GRADES } from '@lacollecte/contracts';
import { type Person, Refusal } from './client.js';
import type { PlannedNeed } from './needs.js';
import type { Structure } from './structures.js';
import { waitFor } from './wait.js';

export interface NeedView {
  readonly needId: string;
  readonly version: number;
  readonly state: string;
  readonly structureId: string;
  readonly lines: readonly {
    readonly lineId: string; readonly reason: string; readonly asked: number; readonly open: number; readonly allocated: number; readonly shipped: number; readonly delivered: number; readonly cancelled: number;
  }[];
}

export interface AllocationView {
  readonly allocationId: string;
  readonly version: number;
  readonly state: string;
  readonly structureId: string;
  readonly siteId: string;
  readonly category: string;
  readonly grade: string;
  readonly quantity: number;
}

export interface RoundView {
  readonly roundId: string;
  readonly state: 'requested' | 'solved' | 'failed';
  readonly trigger: string;
  readonly allocations: number;
  readonly devices: number;
  readonly solver: string | null;
  readonly seconds: number | null;
  readonly figures: {
    readonly lines: number; readonly devices: number;
    readonly fillByUrgency: readonly { readonly urgency: number; readonly asked: number; readonly served: number; readonly fill: number }[];
    readonly leastFill: number | null; readonly jain: number | null;
    readonly unserved: readonly { readonly limit: string; readonly lines: number; readonly units: number }[];
    readonly kilometres: number; readonly deviceKilometres: number;
  } | null;
}

/** Why each of our needs is stated; no other need is ever touched. */
const REASON = 'Demonstration';
const OPEN = new Set(['submitted', 'approved', 'partly-allocated']);
/** Should the hourly round be due within so many milliseconds, one is held at once: then none comes while needs are stated. */
const SOON_MS = 20 * 60_000;

/** What earlier demonstrations still asked for is needed no more. */
export async function endEarlierNeeds(structures: readonly Structure[]): Promise<void> {
  await Promise.all(structures.map(async ({ person }) => {
    const needs = await person.all<NeedView>('/matching/needs');
    const ours = needs.filter(({ state, lines }) => OPEN.has(state) && lines.every(({ reason }) => reason === REASON));
    for (const { needId, version } of ours) await person.post(`/matching/needs/${needId}/cancellation`, 'cancel need', { version });
  }));
}

/** Every structure says what it needs, one after the other: the order is part of what a round answers. */
export async function stateNeeds(structures: readonly Structure[], needs: readonly PlannedNeed[], now: (text: string) => void): Promise<NeedView[]> {
  const stated: NeedView[] = [];
  for (const need of needs) {
    const { person } = structures[need.structure]!;
    const lines = need.lines.map((line) => ({ ...line, reason: REASON }));
    stated.push(await person.post<NeedView>('/matching/needs', `need ${need.structure}`, { body: { lines } }));
    now(`${stated.length} of ${needs.length} needs stated`);
  }
  return stated;
}

/** The coordinator approves all; the urgent one comes last and starts the round at once. */
export async function approveAndAllocate(coordinator: Person, needs: readonly NeedView[], urgentLast: boolean): Promise<RoundView> {
  const { nextRoundAt } = await coordinator.get<{ nextRoundAt: string }>('/matching/availability');
  if (Date.parse(nextRoundAt) - Date.now() < SOON_MS) await startRound(coordinator, 'round before');
  const before = await newestRound(coordinator);
  for (const { needId, version } of needs) await coordinator.post(`/matching/needs/${needId}/approval`, `approve ${needId}`, { version, body: {} });
  if (!urgentLast) return startRound(coordinator, 'round');
  const started = await waitFor('the urgent need has started a round', async () => {
    const newest = await newestRound(coordinator);
    return newest && newest.roundId !== before?.roundId ? newest : undefined;
  });
  return solved(coordinator, started.roundId);
}

async function newestRound(coordinator: Person): Promise<RoundView | undefined> {
  return (await coordinator.get<{ items: RoundView[] }>('/matching/rounds?limit=1')).items[0];
}

/** A round at the coordinator's wish, after the one that runs. */
export async function startRound(coordinator: Person, step: string): Promise<RoundView> {
  const { roundId } = await waitFor('no other round runs', async () => {
    try {
      return await coordinator.post<RoundView>('/matching/rounds', step);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'round-running') return undefined;
      throw error;
    }
  });
  return solved(coordinator, roundId);
}

function solved(coordinator: Person, roundId: string): Promise<RoundView> {
  return waitFor('the round is solved', async () => {
    const round = await coordinator.get<RoundView>(`/matching/rounds/${roundId}`);
    if (round.state === 'failed') throw new Error(`round ${roundId} failed`);
    return round.state === 'solved' ? round : undefined;
  });
}

/** What a round gave, as soon as inventory has answered for all of it. */
export function answered(coordinator: Person, { roundId }: RoundView): Promise<AllocationView[]> {
  let waiting = 0;
  return waitFor('inventory holds what the round gave', async () => {
    const allocations = await coordinator.all<AllocationView>(`/matching/allocations?roundId=${roundId}`);
    waiting = allocations.filter(({ state }) => state === 'proposed').length;
    return waiting === 0 ? allocations : undefined;
  }, () => `${waiting} not answered yet`);
}

/** Structures accept what is held for them, except the ones who say no. Returns what they accepted. */
export async function answerAll(structures: readonly Structure[], allocations: readonly AllocationView[], refused: AllocationView | undefined): Promise<AllocationView[]> {
  const speakers = new Map(structures.map(({ id, person }) => [id, person]));
  const held = allocations.filter(({ state, structureId }) => state === 'held' && speakers.has(structureId));
  const answers = await Promise.all(held.map(async (allocation) => {
    const { allocationId, version, structureId } = allocation;
    const person = speakers.get(structureId)!;
    if (allocationId === refused?.allocationId) {
      await person.post(`/matching/allocations/${allocationId}/refusal`, `refuse ${allocationId}`, { version, body: { reason: 'no room to store them' } });
      return [];
    }
    return [await person.post<AllocationView>(`/matching/allocations/${allocationId}/acceptance`, `accept ${allocationId}`, { version, body: {} })];
  }));
  return answers.flat();
}

/** From C to PREMIUM. */
export function rankOf(grade: string): number {
  return STOCK_GRADES.findIndex((stock) => stock === grade);
}

/** Which one its structure refuses: one of the most common category and of middling size, so that a device that is not found can be replaced from it. */
export function toRefuse(allocations: readonly AllocationView[], structures: readonly Structure[]): AllocationView | undefined {
  const held = allocations.filter(({ state }) => state === 'held');
  if (held.length < 4) return undefined;
  const sizes = new Map<string, number>();
  for (const { category, quantity } of held) sizes.set(category, (sizes.get(category) ?? 0) + quantity);
  const [[common]] = [...sizes].toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])) as [[string, number]];
  const place = new Map(structures.map(({ id }, i) => [id, i]));
  const candidates = held
    .filter(({ category, structureId }) => category === common && place.has(structureId))
    .toSorted((a, b) => a.quantity - b.quantity || rankOf(b.grade) - rankOf(a.grade) || place.get(a.structureId)! - place.get(b.structureId)!);
  return candidates[Math.floor(candidates.length / 2)];
}
