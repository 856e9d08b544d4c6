import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { confirmManifest } from './commands/decide-manifest.js';
import { Intake } from './testing/manifests.js';
import { Client } from 'pg';

import { Tx } from '@lacollecte/database';
const TIMES = new Map<string, [number, number]>();
for (const m of ['query', 'execute'] as const) { const o = Tx.prototype[m] as any; (Tx.prototype as any)[m] = async function (t: string, v: unknown[]) { const a = performance.now(); try { return await o.call(this, t, v); } finally { const k = t.slice(0, 60).replaceAll(/\s+/g, ' '); const x = TIMES.get(k) ?? [0, 0]; TIMES.set(k, [x[0] + 1, x[1] + performance.now() - a]); } }; }
function list(n: number) {
  let t = 'Type de matériel;Marque;Modèle;N° de série;État;Valeur nette comptable (€)\r\n';
  for (let i = 0; i < n; i++) t += `Ordinateur portable;Dell;Latitude 5490;${((i * 2654435761) % 4294967296).toString(36).toUpperCase().padStart(7, 'Z')};Bon état;${(i % 300)},98\r\n`;
  return Buffer.from(t, 'latin1');
}
test('speed', async () => {
  const intake = await Intake.open();
  for (const n of [1000, 100_000, 100_000]) {
  const lotId = await intake.lot();
  const bytes = list(n).toString('latin1').replaceAll('Latitude', `Latitude`);
  const buf = Buffer.from(bytes.replace(/;([0-9A-Z]{7});/g, `;${lotId.slice(-4).toUpperCase()}$1;`), 'latin1');
  const t0 = performance.now();
  const chunks: Buffer[] = []; for (let a = 0; a < buf.length; a += 65536) chunks.push(buf.subarray(a, a + 65536));
  const m = await intake.upload(lotId, Readable.from(chunks));
  const t1 = performance.now();
  await intake.read();
  const t2 = performance.now();
  const shown = await intake.show(m.id);
  await intake.as(intake.donor, (tx) => confirmManifest(tx, { manifestId: m.id, version: shown.version, submit: false }));
  await intake.import();
  const t3 = performance.now();
  // COPY
  const c = new Client({ connectionString: intake.db.urls.superuser }); await c.connect();
  const cols = 'id,lot_id,donor_id,position,category,maker,model,serial,imei,asset_tag,quantity,manufactured_year,condition,declared_value,notes,declined,decline_reason,received,refused,missing,manifest_id';
  const file = `/tmp/try/copy-${n}.txt`;
  await c.query(`copy (select ${cols} from lot_line where lot_id = '${lotId}' order by position) to '${file}'`);
  await c.query('create table if not exists bare (like lot_line)'); await c.query('truncate bare');
  await c.query('create table if not exists full_copy (like lot_line including all)'); await c.query('truncate full_copy');
  const a = performance.now(); await c.query(`copy bare (${cols}) from '${file}'`);
  const b = performance.now(); await c.query(`copy full_copy (${cols}) from '${file}'`);
  const d = performance.now(); await c.query(`alter table lot_line disable trigger user`);
  await c.query(`delete from lot_line where lot_id='${lotId}'`);
  const e = performance.now(); await c.query(`copy lot_line (${cols}) from '${file}'`); const f = performance.now();
  await c.end();
  process.stdout.write(`${n}: bytes ${buf.length} state ${String((await intake.show(m.id))['state'])} upload ${(t1 - t0).toFixed()} read ${(t2 - t1).toFixed()} import ${(t3 - t2).toFixed()} total ${(t3 - t0).toFixed()} | COPY bare ${(b - a).toFixed()} indexed ${(d - b).toFixed()} lot_line ${(f - e).toFixed()}\n`);
  }
  process.stdout.write([...TIMES].sort((a, b) => b[1][1] - a[1][1]).slice(0, 12).map(([k, [n, t]]) => `${n} ${t.toFixed()} ${k}`).join('\n') + '\n');
  await intake.db.close();
}, 120000);
