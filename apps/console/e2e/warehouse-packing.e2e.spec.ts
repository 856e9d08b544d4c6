import { eventually } from '@lacollecte/testing';
import type { Page } from 'playwright-core';
import { accepted } from '../fixtures/coordination.js';
import { ApiPerson } from '../fixtures/person.js';
import { OtherPeople } from '../fixtures/stock.js';
import { inBrowser } from '../fixtures/test-console.js';

async function scan(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

const LANGUAGES = {
  fr: {
    none: 'Rien à expédier', title: 'Expédition de 2 appareils', begin: 'Commencer la préparation', list: 'À prélever', parcel: 'Colis 1', in: 'est dans le colis 1', refused: 'n’entre pas dans le colis', allIn: 'Tout est prélevé', seal: 'Numéro du scellé', sealDo: 'Sceller', reopen: 'Rouvrir',
    toPutAway: 'À ranger', device: 'Scanner un appareil', bin: 'Scanner l’emplacement', noBin: /n.a pas d.emplacement .*ZZ-99/, away: 'est rangé en B-02', deviceFirst: 'scannez d’abord l’appareil',
    taker: 'Remis à', carrier: 'le transporteur', handOver: 'Remettre', over: 'cette expédition est en route', missing: /est introuvable$/, notThere: 'Introuvable',
  },
  en: {
    none: 'Nothing to send', title: 'Shipment of 2 devices', begin: 'Start picking', list: 'To pick', parcel: 'Parcel 1', in: 'is in parcel 1', refused: 'does not go into the parcel', allIn: 'All is picked', seal: 'Number of the seal', sealDo: 'Seal', reopen: 'Open again',
    toPutAway: 'To put away', device: 'Scan a device', bin: 'Scan the bin', noBin: /has no bin .*ZZ-99/, away: 'is in B-02', deviceFirst: 'scan the device first',
    taker: 'Handed to', carrier: 'the carrier', handOver: 'Hand over', over: 'this shipment is on its way', missing: /is not there$/, notThere: 'Not there',
  },
} as const;

/** Every page is examined for accessibility, which takes long where much else runs. */
const TEST_MS = 300_000;

inBrowser('packing', (running) => {
  it.each([{ language: 'fr', size: 'desktop' }, { language: 'en', size: 'phone' }] as const)('what became stock is put away: the device, then its bin ($language, $size)', async (options) => {
    const said = LANGUAGES[options.language];
    const { url } = running().system;
    await (await OtherPeople.signIn(url)).stock(1);
    const operator = await ApiPerson.signIn(url, 'operator');
    const visit = await running().visit({ who: 'operator', path: '/warehouse/put-away', ...options });
    const { page } = visit;
    const waiting = page.getByRole('list', { name: said.toPutAway }).getByRole('listitem');
    await waiting.first().waitFor();
    const label = await waiting.first().getByRole('link').innerText();
    const before = await waiting.count();
    await page.getByLabel(said.device).waitFor();
    await scan(page, 'B-02');
    await page.getByRole('alert').filter({ hasText: said.deviceFirst }).waitFor();
    await scan(page, label);
    await page.getByLabel(said.bin).waitFor();
    await scan(page, 'ZZ-99');
    await page.getByRole('alert').filter({ hasText: said.noBin }).waitFor();
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot('warehouse-put-away');
    // It is still in hand; and a bin is known however its letters are written.
    await page.getByLabel(said.bin).waitFor();
    await scan(page, 'b-02');
    await page.getByRole('alert').filter({ hasText: said.away }).waitFor();
    await page.waitForFunction((count) => document.querySelectorAll('main ul[aria-label] > li').length === count - 1, before);
    expect(await operator.call('GET', `/inventory/items?label=${label}`)).toMatchObject({ items: [{ label, bin: 'B-02' }] });
    expect(visit.complaints).toEqual([]);
    await visit.close();
  }, TEST_MS);

  it.each([{ language: 'fr', size: 'desktop' }, { language: 'en', size: 'phone' }] as const)('a shipment is picked from bin to bin, one is replaced, packed, sealed and handed over ($language, $size)', async (options) => {
    const said = LANGUAGES[options.language];
    const { url } = running().system;
    const visit = await running().visit({ who: 'operator', path: '/warehouse/shipments', ...options });
    const { page } = visit;
    await page.getByText(said.none).waitFor();
    expect(await visit.accessibility()).toEqual([]);

    const others = await OtherPeople.signIn(url);
    const structure = await ApiPerson.signIn(url, 'structure');
    await others.stock(3);
    const line = { category: 'laptop', minGrade: 'C', quantity: 2, urgency: 3, public: 'families', reason: 'Atelier du mercredi' };
    const { needId } = await structure.call<{ needId: string }>('POST', '/matching/needs', { body: { lines: [line] } });
    await others.allocate(needId);
    const shipmentId = await accepted(url, needId);
    await page.reload();
    await page.getByRole('link', { name: said.title }).getByText('Les Passerelles du Rhône, Lyon').waitFor();
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot('warehouse-shipments');
    await page.getByRole('link', { name: said.title }).click();
    await page.getByRole('button', { name: said.begin }).click();
    await page.getByText('Les Passerelles du Rhône, 1 rue de la République, 69003 Lyon').waitFor();
    const toPick = page.getByRole('list', { name: said.list }).getByRole('listitem');
    await toPick.nth(1).waitFor();
    await page.getByRole('button', { name: said.missing }).nth(1).waitFor();
    const labels = await toPick.locator('b').allInnerTexts();
    expect(await visit.accessibility()).toEqual([]);

    // One is not in its bin: stock gives another.
    await page.getByRole('button', { name: said.missing }).first().click();
    expect(await visit.accessibility()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: said.notThere }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.waitForFunction((lost) => { const shown = [...document.querySelectorAll('ol li b')].map((one) => one.textContent); return shown.length === 2 && !shown.includes(lost) && !shown.includes('…'); }, labels[0]!);
    const now = await toPick.locator('b').allInnerTexts();

    await page.getByRole('heading', { level: 1 }).click();
    await scan(page, now[0]!);
    await page.getByText(said.in).waitFor();
    await page.getByRole('heading', { name: said.parcel }).waitFor();
    await scan(page, 'LC-0000-0000');
    await page.getByRole('alert').filter({ hasText: said.refused }).waitFor();
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot('warehouse-packing');
    await scan(page, now[1]!);
    await page.getByText(said.allIn).waitFor();
    await page.getByLabel(said.seal).fill('S-77421');
    await page.getByRole('button', { name: said.sealDo, exact: true }).click();
    await page.getByRole('button', { name: said.reopen }).waitFor();
    await page.getByLabel(said.taker).selectOption({ label: said.carrier });
    expect(await visit.accessibility()).toEqual([]);
    await visit.screenshot('warehouse-packing-sealed');
    await page.getByRole('button', { name: said.handOver, exact: true }).click();
    await page.getByText(said.over).waitFor();
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await eventually(async () => expect(await structure.call('GET', `/dispatch/shipments/${shipmentId}`)).toMatchObject({ state: 'handed-over', parcels: [{ seal: 'S-77421', devices: 2 }] }), { what: 'the structure sees it come' });
    expect(visit.complaints).toEqual([]);
    await visit.close();
  }, TEST_MS);
});
