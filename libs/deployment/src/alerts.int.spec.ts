import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { read, ROOT } from './process.js';

const promtool = (...args: string[]) => promisify(execFile)('promtool', args, { cwd: ROOT });

// It comes with Prometheus, which nothing else here needs: where it is not there that is said and counts as skipped.
const missing = spawnSync('promtool', ['--version']).status !== 0;
const judged = missing ? describe.skip : describe;

judged(`the alerts${missing ? ' (without promtool)' : ''}`, () => {
  it('are rules as Prometheus reads them', async () => {
    expect((await promtool('check', 'rules', 'docs/alerts.yaml')).stdout).toMatch(/SUCCESS: \d+ rules found/);
  });

  it('fire when they should, and not when they should not', async () => {
    expect((await promtool('test', 'rules', 'docs/alerts.test.yaml')).stdout).toContain('SUCCESS');
  });
});

it('each alert is tested both ways', () => {
  const { groups } = parse(read('docs/alerts.yaml')) as { groups: { rules: { alert: string }[] }[] };
  const { tests } = parse(read('docs/alerts.test.yaml')) as { tests: { alert_rule_test: { alertname: string; exp_alerts?: object[] }[] }[] };
  const tested = tests.flatMap((test) => test.alert_rule_test);
  const names = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert)).sort();
  expect([...new Set(tested.filter(({ exp_alerts }) => exp_alerts).map(({ alertname }) => alertname))].sort()).toEqual(names);
  expect([...new Set(tested.filter(({ exp_alerts }) => !exp_alerts).map(({ alertname }) => alertname))].sort()).toEqual(names);
});
