import type { Page } from 'playwright-core';
import { announced } from '../fixtures/dock.js';
import { ApiPerson } from '../fixtures/person.js';
import { inBrowser } from '../fixtures/test-console.js';

async function scan(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

const LANGUAGES = {
  fr: {
    reception: 'Réception', announced: 'Colis annoncés', open: 'Ouvrir la réception', known: 'Reconnu par son numéro', chosen: 'Reçu sur la ligne que vous avez choisie', details: 'Décrire l’appareil', kind: 'Type', laptop: 'Ordinateur portable',
    receive: 'Recevoir', unexpected: 'n’était pas annoncé', accessory: 'Accessoire', number: 'Nombre', count: 'Compter', inStock: 'Chargeur : 12', refuse: 'Refuser à quai', reason: 'Motif', leased: 'En location', back: 'Il repart avec le chauffeur',
    close: 'Clore et signer', sign: 'Signer et clore', end: /^Terminer la réception : \d manquant/, ended: 'La réception de ce don est terminée', signed: 'signé par', twice: 'Non reçu', manifest: 'Inventaire annoncé', package: 'Nom du colis', come: 'Il est arrivé',
  },
  en: {
    reception: 'Reception', announced: 'Announced packages', open: 'Open the reception', known: 'Known by its number', chosen: 'Received on the line that you chose', details: 'Describe the device', kind: 'Kind', laptop: 'Laptop',
    receive: 'Receive', unexpected: 'was not announced', accessory: 'Accessory', number: 'Number', count: 'Count', inStock: 'Chargeur: 12', refuse: 'Refuse at the dock', reason: 'Reason', leased: 'Leased', back: 'It goes back with the driver',
    close: 'Close and sign', sign: 'Sign and close', end: /^End the reception: \d missing/, ended: 'The reception of this gift has ended', signed: 'signed by', twice: 'Not received', manifest: 'Announced manifest', package: 'Name of the package', come: 'It has come',
  },
} as const;

/** Every page is examined for accessibility, which takes long where much else runs. */
const TEST_MS = 300_000;

inBrowser('reception', (running) => {
  it.each([{ language: 'fr', size: 'desktop' }, { language: 'en', size: 'phone' }, { language: 'fr', size: 'tablet', scheme: 'dark' }] as const)('ticks off what was announced, two scans a device, until it is signed ($language, $size)', async (options) => {
    const said = LANGUAGES[options.language];
    const { url } = running().system;
    const title = `Portables ${options.language} ${options.size}`;
    const serial = (number: number) => `5CG-${options.language}-${options.size}-${number}`.toUpperCase();
    const line = { category: 'laptop', maker: 'HP', model: 'EliteBook 840', quantity: 1 };
    const { lotId, siteId } = await announced(url, title, [{ ...line, serial: serial(1) }, { ...line, serial: serial(2) }, { ...line, serial: serial(3) }, { category: 'monitor', maker: 'Iiyama', model: 'B2483', quantity: 3 }]);
    const operator = await ApiPerson.signIn(url, 'operator');
    const { labels } = await operator.call<{ labels: string[] }>('POST', '/intake/label-rolls', { body: { siteId, count: 4 } });
    const [first, second, third, fourth] = labels as [string, string, string, string];

    const visit = await running().visit({ who: 'operator', path: '/warehouse/reception', ...options });
    const { page } = visit;
    await page.getByRole('link', { name: title }).waitFor();
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot('warehouse-reception');
    await page.getByRole('link', { name: title }).click();
    await page.getByLabel(said.announced).fill('Palette 1\nPalette 2');
    expect(await visit.accessibility()).toEqual([]);
    await page.getByRole('button', { name: said.open }).click();
    await page.getByRole('checkbox', { name: 'Palette 1' }).check();
    await page.getByLabel(said.package).fill('Carton sans nom');
    await page.getByRole('button', { name: said.come }).click();
    await page.getByRole('checkbox', { name: 'Carton sans nom' }).waitFor();

    const figure = (name: string) => page.locator(`[data-figure="${name}"] dd`).first().innerText();
    const until = (name: string, value: string) => page.waitForFunction(([asked, wanted]) => document.querySelector(`[data-figure="${asked}"] dd`)?.textContent === wanted, [name, value]);
    await page.getByRole('heading', { level: 1 }).click();
    await scan(page, first);
    await scan(page, serial(1));
    await page.getByText(said.known).waitFor();
    // The other way round.
    await scan(page, serial(2));
    await scan(page, second);
    await until('received', '2');
    // A label is used once, a device received once.
    await scan(page, second);
    await scan(page, serial(3));
    await page.getByText(said.twice).waitFor();

    // Without a number: onto a line that is chosen.
    await scan(page, third);
    const row = page.getByRole('grid', { name: said.manifest }).getByRole('row').filter({ hasText: 'Iiyama B2483' });
    expect(await visit.accessibility()).toEqual([]);
    await row.click();
    await page.getByText(said.chosen).waitFor();
    // One that no line names has to be described.
    await scan(page, fourth);
    await scan(page, `X-${serial(9)}`);
    const details = page.getByRole('form', { name: said.details });
    await details.getByLabel(said.kind).selectOption({ label: said.laptop });
    expect(await visit.accessibility()).toEqual([]);
    await visit.screenshot('warehouse-reception-unknown');
    await details.getByRole('button', { name: said.receive }).click();
    await page.getByText(said.unexpected).waitFor();
    await until('unexpected', '1');
    expect([await figure('expected'), await figure('received'), await figure('missing')]).toEqual(['6', '3', '3']);

    await page.getByLabel(said.accessory, { exact: true }).fill('Chargeur');
    await page.getByLabel(said.number, { exact: true }).fill('12');
    await page.getByRole('button', { name: said.count, exact: true }).click();
    await page.getByText('Chargeur').filter({ hasText: /12|24|36/ }).waitFor();
    await page.getByRole('button', { name: said.refuse }).click();
    const refusal = page.getByRole('dialog');
    await refusal.getByLabel(said.kind).selectOption('laptop');
    await refusal.getByLabel(said.reason).selectOption({ label: said.leased });
    expect(await visit.accessibility()).toEqual([]);
    await refusal.getByRole('button', { name: said.back }).click();
    await refusal.waitFor({ state: 'detached' });
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot('warehouse-dock');

    await page.getByRole('button', { name: said.close }).click();
    const signing = page.getByRole('dialog');
    await signing.getByText('Palette 2').waitFor();
    expect(await visit.accessibility()).toEqual([]);
    await visit.screenshot('warehouse-dock-sign');
    await signing.getByRole('button', { name: said.sign }).click();
    await page.getByText(said.signed).waitFor();
    await page.getByRole('button', { name: said.end }).click();
    await page.getByRole('dialog').getByRole('button', { name: said.end }).click();
    await page.getByText(said.ended).waitFor();
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot('warehouse-dock-ended');
    expect(await operator.call('GET', `/intake/lots/${lotId}`)).toMatchObject({ state: 'received', received: 3, unexpected: 1 });
    expect(visit.complaints).toEqual([]);
    await visit.close();
  }, TEST_MS);

  it('tells of a device whose answer comes late as of that one, and leaves the next in hand', async () => {
    const said = LANGUAGES.fr;
    const { url } = running().system;
    const { siteId } = await announced(url, 'Réponse tardive', [{ category: 'laptop', maker: 'HP', model: 'EliteBook 840', quantity: 2 }]);
    const operator = await ApiPerson.signIn(url, 'operator');
    const { labels: [first, second] } = await operator.call<{ labels: [string, string] }>('POST', '/intake/label-rolls', { body: { siteId, count: 2 } });
    const visit = await running().visit({ who: 'operator', path: '/warehouse/reception' });
    const { page } = visit;
    await page.getByRole('link', { name: 'Réponse tardive' }).click();
    await page.getByRole('button', { name: said.open }).click();
    await page.getByRole('button', { name: said.close }).waitFor();
    let answer = () => {};
    const asked = new Promise<void>((resolve) => { answer = resolve; });
    await page.route('**/api/intake/receptions/*/devices', async (route) => (await asked, route.continue()));
    await page.getByRole('heading', { level: 1 }).click();
    const sent = page.waitForRequest('**/api/intake/receptions/*/devices');
    await scan(page, first);
    await scan(page, 'PERSONNE-NE-LE-CONNAIT');
    await sent;
    await scan(page, second);
    await page.getByText(second).waitFor();
    answer();
    await page.getByRole('alert').filter({ hasText: said.twice }).filter({ hasText: first }).waitFor();
    expect(await page.getByRole('status').filter({ hasText: second }).count()).toBe(1);
    expect(await page.getByRole('button', { name: said.receive, exact: true }).count()).toBe(0);
    await visit.close();
  }, TEST_MS);
});
