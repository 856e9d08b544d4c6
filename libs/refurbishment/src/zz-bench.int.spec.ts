import { Database, NO_CAUSE } from '@lacollecte/database';
import { Pool } from 'pg';
import { randomUUID } from 'node:crypto';
import { lockByLabels, save } from './persistence/device.repository.js';
import { takeStep } from './commands/take-steps.js';
import { StepInput } from './http/steps.schemas.js';
import { operator, reception, receive, workshop, SITE } from './testing/workshop.js';

it('bench', async () => {
  const db = await workshop();
  const wide = await Database.open('refurbishment', db.urls, 32);
  const pool = new Pool({ connectionString: db.urls.app, max: 32 });
  const N = 6000;
  const mk = async () => { const d = Array.from({ length: N }, () => reception()); for (let i = 0; i < N; i += 500) await receive(db, ...d.slice(i, i + 500)); return d; };
  async function run(items: {label: string; deviceId: string}[], one: (d: {label: string; deviceId: string}) => Promise<unknown>) {
    let next = 0; const t = performance.now();
    await Promise.all(Array.from({ length: 32 }, async () => { while (next < items.length) await one(items[next++]!); }));
    return items.length / (performance.now() - t) * 1000;
  }
  const input = StepInput.parse({ step: 'block', reason: 'part-awaited' });
  const rep = StepInput.parse({ step: 'start-repair' });
  const diag = StepInput.parse({ step: 'diagnose', hardware: { cpuMark: 6100, ramGb: 8 }, drives: [] });
  for (let round = 0; round < 2; round++) {
    const out: Record<string, number> = {};
    const cte = `with c as (insert into idempotency_key (subject, method, route, key, body_hash, response) values ($1,'POST','/x',$2,'h','{}') on conflict do nothing returning 1),
      u as (update device set state='repairing', version=version+1, held_from='{received}', waiting_since=now() where label=$3 and state in ('received','in-workshop') and site_id = any($4) and exists (select from c) returning id, version, lot_id, site_id, state),
      s as (insert into step (device_id, version, step, by, site_id, at, payload, before) select id, version, 'start-repair', $1, site_id, now(), '{}', '{"state":"received"}' from u)
      insert into outbox (id, topic, key, version, n, type, occurred_at, correlation_id, data) select $5::uuid, 'refurbishment.device', id, version, 0, 'x', now(), lot_id, json_build_object('deviceId', id, 'lotId', lot_id, 'siteId', site_id, 'state', state)::text from u`;
    const app = new Pool({ connectionString: db.urls.worker, max: 32 });
    out.cte = await run(await mk(), (d) => app.query({ name: 'cte', text: cte, values: [operator.subject, randomUUID(), d.label, [SITE], randomUUID()] }));
    await app.end();
    out.repair = await run(await mk(), (d) => wide.app.transaction(operator, NO_CAUSE, (tx) => takeStep(tx, { label: d.label, input: rep })));
    const few = await mk();
    out.empty = await run(few, () => wide.app.transaction(operator, NO_CAUSE, async () => 1));
    out.load = await run(few, (d) => wide.app.transaction(operator, NO_CAUSE, (tx) => lockByLabels(tx, [d.label])));
    out.loadAuto = await run(few, (d) => pool.query({name:'q', text: 'select id from device where label = any($1)', values: [[d.label]]}));
    out.save = await run(few, (d) => wide.app.transaction(operator, NO_CAUSE, async (tx) => { const [x] = await lockByLabels(tx, [d.label]); await save(tx, x!, { device: {...x!, state: 'repairing'}, events: [] }, { step: 'x', payload: {} }); }));
    out.saveOutbox = await run(few, (d) => wide.app.transaction(operator, NO_CAUSE, async (tx) => { const [x] = await lockByLabels(tx, [d.label]); await save(tx, x!, { device: {...x!, state: 'repairing'}, events: [{event:'RepairStarted'}] }, { step: 'x', payload: {} }); }));
    console.log(JSON.stringify(out));
  }
  await pool.end(); await wide.close(); await db.close();
}, 300_000);
