import type { Edge } from './flow-figures.js';
import type { ServiceName } from './platform.js';

/** As a donation passes them. */
export const LINE: readonly ServiceName[] = ['directory', 'intake', 'refurbishment', 'inventory', 'matching', 'dispatch'];

/** What was pressed: a service, or what goes from one to another. */
export type Chosen = { readonly service: ServiceName } | { readonly from: ServiceName; readonly to: ServiceName };

export function sameChoice(a: Chosen | null, b: Chosen): boolean {
  return a !== null && JSON.stringify(a) === JSON.stringify(b);
}

/** All topics from one service to another. */
export interface Bundle extends Pick<Edge, 'from' | 'to' | 'rate' | 'lagSeconds' | 'parked'> {
  readonly topics: readonly string[];
}

/** Widest first, so that the thin ones lie above. Who hears everything is not drawn by edges. */
export function bundlesOf(edges: readonly Edge[]): Bundle[] {
  const bundles = new Map<string, Bundle>();
  for (const { from, to, topic, rate, lagSeconds, parked } of edges) {
    if (to === 'traceability') continue;
    const before = bundles.get(`${from} ${to}`) ?? { from, to, rate: 0, lagSeconds: 0, parked: 0, topics: [] };
    bundles.set(`${from} ${to}`, { from, to, rate: before.rate + rate, lagSeconds: Math.max(before.lagSeconds, lagSeconds), parked: before.parked + parked, topics: [...before.topics, topic] });
  }
  return [...bundles.values()].sort((a, b) => b.rate - a.rate);
}
