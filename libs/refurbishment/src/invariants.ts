import type { Invariant } from '@lacollecte/runtime';

/** What must hold of devices at all times. */
export const invariants: readonly Invariant[] = [
  {
    name: 'ready-is-erased',
    says: 'A ready or delivered device has all four checks done, a stock grade and no drive that still holds data.',
    examined: `select count(*)::int as n from device where state in ('ready', 'delivered')`,
    violations: `select id::text as id, format('%s, grade %s, drives %s', state, grading ->> 'grade', drives) as detail from device
      where state in ('ready', 'delivered') and (not (diagnosed and erased and tested and graded) or coalesce(grading ->> 'grade', '') not in ('C', 'B', 'A', 'PREMIUM')
        or exists (select from jsonb_array_elements(drives) d where d ->> 'status' = 'pending'))`,
  },
  {
    name: 'erased-by-evidence',
    says: 'Each drive that counts as erased names evidence that passed and is not contested.',
    examined: `select count(*)::int as n from device, jsonb_array_elements(drives) d where d ->> 'status' = 'erased'`,
    violations: `select v.id::text as id, format('drive %s, evidence %s', d ->> 'id', d ->> 'evidenceId') as detail
      from device v, jsonb_array_elements(v.drives) d left join evidence e on e.id = (d ->> 'evidenceId')::uuid
      where d ->> 'status' = 'erased' and (e.result is distinct from 'passed' or e.state = 'contested')`,
  },
  {
    name: 'evidence-kept',
    says: 'Evidence that is matched names a drive of its device.',
    examined: `select count(*)::int as n from evidence where state = 'matched'`,
    violations: `select e.id::text as id, format('device %s, drive %s', e.device_id, e.drive_id) as detail from evidence e join device v on v.id = e.device_id
      where e.state = 'matched' and not exists (select from jsonb_array_elements(v.drives) d where (d ->> 'id')::uuid = e.drive_id)`,
  },
  {
    name: 'history-dense',
    says: 'Each version of a device has exactly one line of history.',
    examined: 'select count(*)::int as n from device',
    violations: `select v.id::text as id, format('version %s, %s lines', v.version, s.n) as detail
      from device v cross join lateral (select count(distinct version) as n, count(*) as lines from step where device_id = v.id) s
      where s.n <> v.version or s.lines <> v.version`,
  },
];
