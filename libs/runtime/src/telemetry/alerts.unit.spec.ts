import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { METRICS, prometheusName } from './metric-table.js';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}

const read = (name: string): string => readFileSync(fileURLToPath(new URL(`../../../../docs/${name}`, import.meta.url)), 'utf8');
const { groups } = parse(read('alerts.yaml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const operations = read('operations.md');
const known = Object.values(METRICS);
/** As Prometheus keeps them. */
const series = new Set(known.flatMap((metric) => (metric.kind === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']).map((end) => `${prometheusName(metric)}${end}`)));
const named = (text: string): string[] => [...text.matchAll(/\b(?:lacollecte|messaging)_\w+/g)].map(([name]) => name).filter((name) => !LABELS.has(name));
const LABELS = new Set(['messaging_destination_name', 'messaging_operation_name']);

it.each(rules.map((rule) => [rule.alert, rule] as const))('%s is about what is measured, and says how grave it is', (_, { expr, labels, annotations }) => {
  expect(named(expr)).not.toEqual([]);
  expect(named(expr).filter((name) => !series.has(name))).toEqual([]);
  expect(['warning', 'critical']).toContain(labels.severity);
  expect(annotations.summary).not.toBe('');
});

it('each alert has its entry: symptom, meaning, the safe action; and no entry is of another', () => {
  const entries = operations.slice(operations.indexOf('\n## Alerts')).split('\n### ').slice(1);
  expect(entries.map((entry) => entry.split('\n', 1)[0])).toEqual(rules.map(({ alert }) => alert));
  for (const entry of entries) for (const part of ['Symptom', 'Meaning', 'Safe action']) expect(entry).toMatch(new RegExp(`^\\* \\*\\*${part}\\*\\*: \\S`, 'm'));
});

it('no alert is on how much waits alone', () => {
  const raw = rules.filter(({ expr }) => /lacollecte_(consumer_lag|outbox_pending)\b/.test(expr) && !/increase|deriv/.test(expr));
  expect(raw.map(({ alert }) => alert)).toEqual([]);
});

it('the page names every metric with what it says, and none that there is not', () => {
  const rows = new Map([...operations.matchAll(/^\| `(\w+)` \| [^|]*\| (.+) \|$/gm)].map(([, name, says]) => [name, says]));
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(known.map((metric) => [prometheusName(metric), metric.says])));
  expect(named(operations).filter((name) => !series.has(name) && !rows.has(name))).toEqual([]);
});
