import type { State } from '../../palette.js';
import type { Answered, Pace, Parked, ParkedGroup, ServiceName, TopicState } from './platform.js';
import type { FlowItem } from './use-live.js';

/** One topic on its way to one service that reads it. */
export interface Edge {
  readonly topic: string;
  readonly from: ServiceName;
  readonly to: ServiceName;
  /** Events applied in the last minute. */
  readonly rate: number;
  readonly lagSeconds: number;
  readonly lagMessages: number;
  /** Of this topic, in the service that reads it. */
  readonly parked: number;
}

export interface Node {
  readonly service: ServiceName;
  /** Events a minute: applied, and announced. */
  readonly inward: number;
  readonly outward: number;
  readonly parked: number;
  /** It tells nothing. */
  readonly away: boolean;
}

/** Longer than this, a person would ask why. */
const SLOW_SECONDS = 5;
const STILL_SECONDS = 30;

export const edgeState = ({ lagSeconds, parked }: Pick<Edge, 'lagSeconds' | 'parked'>): State =>
  parked > 0 || lagSeconds > STILL_SECONDS ? 'failed' : lagSeconds > SLOW_SECONDS ? 'waiting' : 'done';
export const nodeState = ({ parked, away }: Node): State => (away || parked > 0 ? 'failed' : 'done');

interface Told {
  readonly topics: readonly Answered<TopicState[]>[];
  readonly paces: readonly Answered<Pace>[];
  readonly groups: readonly Answered<ParkedGroup[]>[];
  readonly parked: readonly Answered<Parked[]>[];
  readonly items: readonly FlowItem[];
}

/** What came by the stream after the service was last counted is added to what it counted. */
function since(pace: Pace | undefined, items: readonly FlowItem[], wanted: (item: FlowItem) => boolean): number {
  return items.filter((item) => item.at > (pace?.at ?? '') && wanted(item)).length;
}

const ownerOf = (topic: string): ServiceName => topic.slice(0, topic.indexOf('.')) as ServiceName;

export function figuresOf({ topics, paces, groups, parked, items }: Told): { readonly nodes: Node[]; readonly edges: Edge[] } {
  const paceOf = (service: ServiceName) => paces.find((one) => one.service === service)?.data;
  const groupsOf = (service: ServiceName) => groups.find((one) => one.service === service)?.data ?? [];
  const nodes = paces.map(({ service, data, error }): Node => ({
    service,
    inward: (data?.topics ?? []).reduce((sum, { applied }) => sum + applied, 0) + since(data, items, (item) => item.service === service && item.hop === 'applied'),
    outward: (data?.topics ?? []).reduce((sum, { announced }) => sum + announced, 0) + since(data, items, (item) => item.service === service && item.hop === 'published'),
    parked: groupsOf(service).reduce((sum, { events }) => sum + events, 0),
    away: error !== null,
  }));
  const edges = topics.flatMap(({ service, data = [] }) => data.map(({ topic, lagSeconds, lagMessages }): Edge => ({
    topic, from: ownerOf(topic), to: service, lagSeconds, lagMessages,
    rate: (paceOf(service)?.topics.find((one) => one.topic === topic)?.applied ?? 0) + since(paceOf(service), items, (item) => item.service === service && item.topic === topic && item.hop === 'applied'),
    parked: (parked.find((one) => one.service === service)?.data ?? []).filter((event) => event.topic === topic).length,
  })));
  return { nodes, edges };
}

/** Of the last hour, all services together, by minute. */
export function hourOf(paces: readonly Answered<Pace>[], items: readonly FlowItem[]): { readonly minute: string; readonly announced: number }[] {
  const minutes = new Map<string, number>();
  for (const { data } of paces) for (const { minute, announced } of data?.minutes ?? []) minutes.set(minute, (minutes.get(minute) ?? 0) + announced);
  const last = [...minutes.keys()].sort().at(-1);
  if (last !== undefined) {
    const fresh = paces.reduce((sum, { service, data }) => sum + since(data, items, (item) => item.service === service && item.hop === 'published'), 0);
    minutes.set(last, minutes.get(last)! + fresh);
  }
  return [...minutes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([minute, announced]) => ({ minute, announced }));
}
