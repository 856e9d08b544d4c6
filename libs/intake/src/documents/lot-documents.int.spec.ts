import type { Actor } from '@lacollecte/database';
import { cancelLot } from '../commands/advance-lot.js';
import { refuseDevice } from '../commands/refuse-device.js';
import { settleDevice } from '../commands/settle-device.js';
import { Dock, donorIn } from '../testing/dock.js';
import { devicesCsv, inventoryCsv, type Reading } from './lot-documents.js';
import type { Language } from './words.js';

let dock: Dock;
beforeEach(async () => {
  dock = await Dock.open();
});
afterEach(() => dock.finish());

async function rowsOf(document: typeof devicesCsv, lotId: string, language: Language = 'fr', who: Actor = dock.donor): Promise<string[]> {
  const reading: Reading = (read) => dock.as(who, read);
  let text = '';
  for await (const part of await document(reading, lotId, language)) text += part;
  expect(text.startsWith('\uFEFF')).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  return text.slice(1, -2).split('\r\n');
}

/** Two named laptops (one is declined), three counted phones of which one came and one was refused, and a screen that nobody announced. */
async function received(): Promise<{ lotId: string; phone: string; labels: string[] }> {
  const lotId = await dock.submitted([
    { serial: 'AB1', maker: '=HYPERLINK("http://x")', model: 'Latitude; 5490', assetTag: 'P-7' }, { serial: 'AB2', maker: 'Dell' }, { category: 'smartphone', quantity: 3 }, { category: 'accessory', quantity: 5 },
  ]);
  const declined = (await dock.lines(lotId))[1]!;
  await dock.accept(lotId, [{ lineId: declined.id, accepted: 0, reason: 'écran cassé' }]);
  const receptionId = await dock.session(lotId);
  const devices = [await dock.scan(receptionId, { serial: 'AB1' }), await dock.scan(receptionId, { category: 'smartphone', serial: 'PH1' }), await dock.scan(receptionId, { category: 'monitor', maker: 'Dell' })];
  await dock.as(dock.operator, (tx) => refuseDevice(tx, { receptionId, category: 'smartphone', reason: 'leased' }));
  await dock.as(dock.operator, (tx) => refuseDevice(tx, { receptionId, category: 'printer', serial: 'PR1', reason: 'dangerous' }));
  await dock.close(receptionId);
  await dock.end(lotId);
  return { lotId, phone: devices[1]!.deviceId, labels: devices.map(({ label }) => label) };
}

it('sets what was announced against what came, with what nobody announced, and runs nothing of it as a formula', async () => {
  const { lotId } = await received();
  expect(await rowsOf(inventoryCsv, lotId)).toEqual([
    'Ligne;Catégorie;Marque;Modèle;N° de série;IMEI;N° d’inventaire;Annoncés;Non acceptés;Reçus;Refusés à l’arrivée;Manquants;Attendus;Remarque',
    `1;Ordinateur portable;"'=HYPERLINK(""http://x"")";"Latitude; 5490";AB1;;P-7;1;0;1;0;0;0;`,
    '2;Ordinateur portable;Dell;;AB2;;;1;1;0;0;0;0;écran cassé',
    '3;Smartphone;;;;;;3;0;1;1;1;0;refusé à l’arrivée : en location',
    '4;Accessoire;;;;;;5;0;0;0;0;0;',
    ';Écran;Dell;;;;;0;0;1;0;0;0;non annoncé',
    ';Imprimante;;;PR1;;;0;0;0;1;0;0;non annoncé, refusé à l’arrivée : dangereux',
  ]);
  expect((await rowsOf(inventoryCsv, lotId, 'en'))[3]).toBe('3;Smartphone;;;;;;3;0;1;1;1;0;refused on arrival: leased');
});

it('lists each device with where it ended', async () => {
  const { lotId, phone, labels } = await received();
  await dock.db.worker((tx) => settleDevice(tx, { deviceId: phone, lotId }, 'delivered'));
  const day = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Paris' }).format();
  expect(await rowsOf(devicesCsv, lotId, 'en')).toEqual([
    'Label;Category;Maker;Model;Serial;IMEI;Asset tag;Received on;Announced;Outcome;Remark',
    `${labels[0]};Laptop;"'=HYPERLINK(""http://x"")";"Latitude; 5490";AB1;;P-7;${day};yes;Under way;`,
    `${labels[1]};Smartphone;;;PH1;;;${day};yes;Reused;`,
    `${labels[2]};Monitor;Dell;;;;;${day};no;Under way;`,
  ]);
});

it('says of a lot that is off that all of it is, and reads on over many rows', async () => {
  const lotId = await dock.submitted(Array.from({ length: 499 }, () => ({ quantity: 1 })));
  await dock.as(dock.coordinator, (tx) => cancelLot(tx, { lotId, version: 3 }));
  const rows = await rowsOf(inventoryCsv, lotId);
  expect(rows).toHaveLength(500);
  expect(rows.at(-1)).toBe('499;Ordinateur portable;;;;;;1;1;0;0;0;0;don annulé');
});

it('gives another donor nothing', async () => {
  const { lotId } = await received();
  const stranger = await donorIn(dock.db);
  for (const document of [inventoryCsv, devicesCsv]) await expect(rowsOf(document, lotId, 'fr', stranger)).rejects.toMatchObject({ code: 'not-found' });
});
