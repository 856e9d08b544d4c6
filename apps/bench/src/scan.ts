import { randomUUID } from 'node:crypto';
import { intake, labelOf } from '@lacollecte/contracts';
import { type Actor, Database, NO_CAUSE, requestContext, SYSTEM } from '@lacollecte/database';
import { receiveDevices, refurbishmentService, scanning, takeStep } from '@lacollecte/refurbishment';
import { UnitOfWork } from '@lacollecte/runtime';
import pg from 'pg';
import { type Figure, inTurns, perSecond } from './figure.js';
import type { Server } from './server.js';

const CLIENTS = 32;
const SCANS = 3_200;
/** The first ones compile and plan. */
const ROUNDS = 7;
const SITE = '0192f3a0-0000-7000-8000-000000000009';
const OPERATOR: Actor = { subject: 'bench', roles: ['operator'], organisationId: null, siteIds: [SITE] };

/** All that a scan writes, by hand in one statement: key, guarded change, history, event and its mark. */
const BY_HAND = `
  with claimed as (insert into idempotency_key (subject, method, route, key, body_hash, response) values ('hand', 'POST', '/scan', $2, 'hash', '{"ok":true}')),
    changed as (update device set version = version + 1, sim_cards = sim_cards, no_media_at = now(), erased = true, waiting_since = now() where label = $1 and not erased returning id, version, site_id, lot_id, state),
    noted as (insert into step (device_id, version, step, by, site_id, at, payload, before) select id, version, 'declare-no-media', 'hand', site_id, now(), '{}', '{}' from changed),
    told as (insert into outbox (id, topic, key, version, n, type, occurred_at, correlation_id, data)
      select $3::uuid, 'refurbishment.device', id, version, 0, 'tech.lacollecte.refurbishment.media-declared-absent.v1', now(), lot_id,
        json_build_object('deviceId', id, 'lotId', lot_id, 'siteId', site_id, 'state', state)::text from changed returning position)
  insert into outbox_pending (position) select position from told`;

/** One step of a device through the service layer (key, policies, lock, domain, guarded update, history, event), 32 at once. */
export async function benchScan(server: Server): Promise<Figure> {
  const urls = await server.database('refurbishment', 'bench_scan', refurbishmentService.migrations);
  const database = await Database.open('bench', urls);
  const hand = new pg.Pool({ connectionString: urls.worker, max: CLIENTS });
  hand.on('error', () => undefined);
  const uow = new UnitOfWork(database);
  let next = 0;
  let labels: string[] = [];
  const prepare = async (): Promise<void> => {
    labels = [];
    while (labels.length < SCANS) labels.push(...[labelOf(next++)].filter((label) => label !== null));
    const example = intake.DeviceReceived.example;
    for (let i = 0; i < SCANS; i += 400) {
      await database.worker.transaction(SYSTEM, NO_CAUSE, (tx) =>
        receiveDevices(tx, labels.slice(i, i + 400).map((label) => ({
          tx, device: { ...example, state: 'received', deviceId: randomUUID(), label, category: 'desktop', serial: null, siteId: SITE, recycleForAge: false },
        }))),
      );
    }
  };
  const each = (scan: (label: string) => Promise<unknown>) => async (): Promise<void> => {
    const waiting = [...labels];
    await Promise.all(Array.from({ length: CLIENTS }, async () => {
      for (let label = waiting.pop(); label; label = waiting.pop()) await scan(label);
    }));
  };
  const scan = (label: string): Promise<unknown> =>
    requestContext.run(
      { actor: OPERATOR, cause: NO_CAUSE, idempotency: { method: 'POST', route: '/scan', key: randomUUID(), bodyHash: 'hash' } },
      () => uow.run(async (tx) => ({ outcome: (await takeStep(tx, { label, input: { step: 'declare-no-media' } })).outcome }), scanning([label])),
    );
  const byHand = (label: string): Promise<unknown> => hand.query({ name: 'by-hand', text: BY_HAND, values: [label, randomUUID(), randomUUID()] });
  const ms = await inTurns(ROUNDS, { prepare, work: each(scan) }, { prepare, work: each(byHand) });
  await hand.end();
  await database.close();
  return {
    name: 'scan', measured: 'the scan command at 32 clients', against: 'one hand-written CTE', ratio: ms.baseline / ms.ours, aim: 0.5,
    detail: `${perSecond(SCANS, ms.ours)} through the service layer; ${perSecond(SCANS, ms.baseline)} by hand`,
  };
}
