import type { AggregateTable, ServiceDefinition } from '@lacollecte/runtime';
import { result, type RuleResult, type Violation } from './rule.js';
import type { Snapshot } from './snapshot.js';

interface Rule {
  readonly name: string;
  readonly says: string;
  /** `$1`: the topic. */
  readonly violations: string;
}

const NEWEST = `select distinct on (key) key, version, n, data::jsonb ->> 'state' as state from outbox where topic = $1 order by key, version desc, n desc`;

/** Each committed change has its event, and each event belongs to a committed change. */
function rulesOf({ table, transitions }: AggregateTable): Rule[] {
  const legal = JSON.stringify(transitions).replaceAll("'", "''");
  return [
    {
      name: 'row-equals-newest-event',
      says: "A row's version and state are those of its newest event; neither is without the other.",
      violations: `with newest as (${NEWEST})
        select coalesce(a.id::text, e.key) as id,
          format('row: version %s, state %s; newest event: version %s, state %s', a.version, a.state, e.version, e.state) as detail
        from ${table} a full join newest e on e.key = a.id::text
        where a.version is distinct from e.version or a.state is distinct from e.state`,
    },
    {
      name: 'versions-dense',
      says: 'The versions of an aggregate are 1, 2, 3 … without a gap, and the events of one command 0, 1, 2 …',
      violations: `select key as id, format('%s versions, the highest %s, the lowest %s', count(distinct version), max(version), min(version)) as detail
        from outbox where topic = $1 group by key having count(distinct version) <> max(version) or min(version) <> 1
        union all
        select key, format('version %s has %s events, the highest %s', version, count(*), max(n))
        from outbox where topic = $1 group by key, version having count(*) <> max(n) + 1`,
    },
    {
      name: 'transitions-legal',
      says: 'Each consecutive pair of states is a legal transition.',
      violations: `with steps as (
          select key, version, data::jsonb ->> 'state' as state,
            coalesce(lag(data::jsonb ->> 'state') over (partition by key order by version, n), '') as before
          from outbox where topic = $1)
        select key as id, format('%s → %s at version %s', before, state, version) as detail from steps
        where before <> state and not coalesce('${legal}'::jsonb -> before ? state, false)`,
    },
    {
      name: 'applied-once',
      says: 'An event that was heard changed an aggregate at most once.',
      violations: `select key as id, format('event %s changed it %s times', causation_id, count(distinct version)) as detail
        from outbox o where topic = $1 and causation_id is not null and exists (select from inbox i where i.id = o.causation_id)
        group by causation_id, key having count(distinct version) > 1`,
    },
  ];
}

/** Rules on the outbox as a whole. */
const OUTBOX_RULES: readonly (Rule & { values(topics: readonly string[]): unknown[] })[] = [
  {
    name: 'events-have-aggregates',
    says: 'Each event is about an aggregate of the service that announced it.',
    violations: `select id::text as id, format('%s on %s', type, topic) as detail from outbox where topic <> all ($1)`,
    values: (topics) => [topics],
  },
  {
    name: 'marks-have-events',
    says: 'What is marked as not published yet was announced.',
    violations: `select position::text as id, 'no event has this position' as detail from outbox_pending m where not exists (select from outbox o where o.position = m.position)`,
    values: () => [],
  },
];

const SILENT = {
  name: 'announces-nothing',
  says: 'Who decides nothing announces nothing.',
  violations: `select id::text as id, type as detail from outbox`,
};

/** Rules on what a service has announced, as a whole and for each of its aggregates. */
export async function historyRules(snapshot: Snapshot, service: ServiceDefinition): Promise<RuleResult[]> {
  const results: RuleResult[] = [];
  const violationsOf = (text: string, values: readonly unknown[]) => snapshot.query<Violation & Record<string, string>>(service.name, text, values);
  const [announced] = await snapshot.query<{ n: number }>(service.name, 'select count(*)::int as n from outbox');
  const topics = service.aggregates.map(({ topic }) => topic);
  if (topics.length === 0) {
    const [heard] = await snapshot.query<{ n: number }>(service.name, 'select count(*)::int as n from inbox');
    return [result(service.name, SILENT.name, SILENT.says, heard!.n, await violationsOf(SILENT.violations, []))];
  }
  for (const { name, says, violations, values } of OUTBOX_RULES) {
    results.push(result(service.name, name, says, announced!.n, await violationsOf(violations, values(topics))));
  }
  for (const aggregate of service.aggregates) {
    const [counted] = await snapshot.query<{ n: number }>(service.name, 'select count(*)::int as n from outbox where topic = $1', [aggregate.topic]);
    for (const rule of rulesOf(aggregate)) {
      const violations = await violationsOf(rule.violations, [aggregate.topic]);
      results.push(result(service.name, `${aggregate.topic.split('.')[1]} ${rule.name}`, rule.says, counted!.n, violations));
    }
  }
  return results;
}

/** The service's own rules of the trade. */
export async function serviceRules(snapshot: Snapshot, service: ServiceDefinition): Promise<RuleResult[]> {
  const results: RuleResult[] = [];
  for (const invariant of service.invariants) {
    const [counted] = await snapshot.query<{ n: string }>(service.name, invariant.examined);
    const violations = await snapshot.query<Violation & Record<string, string>>(service.name, invariant.violations);
    results.push(result(service.name, invariant.name, invariant.says, Number(counted?.n ?? 0), violations));
  }
  return results;
}
