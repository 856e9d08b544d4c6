import { eventually } from '@lacollecte/testing';
import { accepted, competing, pack, prepareCoordination, register, whatWaits } from '../fixtures/coordination.js';
import type { ApiPerson } from '../fixtures/person.js';
import { inBrowser } from '../fixtures/test-console.js';
import type { Visit } from '../fixtures/visit.js';

const PREPARE_MS = 400_000;
const JOURNEY_MS = 240_000;

inBrowser('coordination', (running) => {
  let lotId: string;
  let needId: string;
  let coordinator: ApiPerson;

  beforeAll(async () => {
    ({ lotId, needId, coordinator } = await prepareCoordination(running().system));
    await register(running().system.url, 'Reliure des Terreaux', '552100554');
  }, PREPARE_MS);

  const sound = async (visit: Visit, name: string) => {
    expect([name, await visit.accessibility()]).toEqual([name, []]);
    expect([name, await visit.fits()]).toEqual([name, true]);
    expect([name, visit.complaints]).toEqual([name, []]);
    await visit.screenshot(`coordination-${name}`);
  };

  it('keeps open what somebody reads, and what they type of it, when something more urgent comes in', async () => {
    const visit = await running().visit({ who: 'coordinator' });
    const { page } = visit;
    const heads = page.locator('[data-entry]');
    await heads.nth(2).waitFor();
    const urgent = (await heads.first().getAttribute('data-entry'))!;
    // It is not there yet when the page is opened.
    const without = (rows: readonly object[]) => rows.filter((row) => !JSON.stringify(row).includes(urgent));
    await page.route(/\/api\/(intake\/(lots|tasks)|matching\/inbox|directory\/organisations)(\?|$)/, async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as object[] | { items: object[] };
      await route.fulfill({ response, json: Array.isArray(body) ? without(body) : { ...body, items: without(body.items) } });
    });
    await page.reload();
    await heads.nth(1).waitFor();
    const read = (await heads.first().getAttribute('data-entry'))!;
    await page.locator('[data-open] [aria-keyshortcuts="r"]').click();
    await page.getByRole('textbox', { name: 'Raison' }).fill('Nous en avons assez');
    await page.unrouteAll({ behavior: 'wait' });
    await page.locator(`[data-entry="${urgent}"]`).waitFor();
    expect(await page.getByRole('textbox', { name: 'Raison' }).inputValue()).toBe('Nous en avons assez');
    expect(await page.locator('[data-open] [data-entry]').getAttribute('data-entry')).toBe(read);
    await visit.close();
  }, JOURNEY_MS);

  it('decides what waits by keyboard, compares and runs a round, and follows a shipment until it is delivered', async () => {
    const visit = await running().visit({ who: 'coordinator' });
    const { page } = visit;

    const lot = page.getByRole('button', { name: /Parc de l’agence de Lyon/ });
    await lot.waitFor();
    expect(page.url()).toContain('/coordination/inbox');
    await page.keyboard.press('?');
    await page.getByText('Refuser, avec une raison').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Refuser, avec une raison').waitFor({ state: 'detached' });

    await lot.focus();
    await lot.click();
    const site = page.getByLabel('Pour le site');
    await site.waitFor();
    const [suggested] = await coordinator.call<{ siteId: string }[]>('GET', `/intake/lots/${lotId}/site-suggestions`);
    expect(await site.inputValue()).toBe(suggested!.siteId);
    await sound(visit, 'inbox');
    await lot.focus();
    await page.keyboard.press('a');
    await lot.waitFor({ state: 'detached' });
    expect(await coordinator.call('GET', `/intake/lots/${lotId}`)).toMatchObject({ state: 'accepted', siteId: suggested!.siteId });

    const need = page.locator(`[data-entry="${needId}"]`);
    await need.click();
    await page.getByText('Pourquoi : Atelier numérique du mercredi').waitFor();
    // The key is held down until the next one is there: it is asked for once.
    await page.keyboard.down('a');
    await need.waitFor({ state: 'detached' });
    await page.locator('[data-open] [aria-keyshortcuts="a"]').waitFor();
    await page.keyboard.down('a');
    await page.keyboard.up('a');
    expect(await coordinator.call('GET', `/matching/needs/${needId}`)).toMatchObject({ state: 'approved' });

    const company = page.getByRole('button', { name: /Reliure des Terreaux/ });
    await company.click();
    await page.keyboard.press('r');
    await page.getByRole('textbox', { name: 'Raison' }).fill('Déjà inscrite sous un autre nom');
    expect(await visit.accessibility()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Refuser l’inscription' }).click();
    await company.waitFor({ state: 'detached' });
    expect((await coordinator.call<{ items: unknown[] }>('GET', '/directory/organisations?state=declined')).items).toMatchObject([{ name: 'Reliure des Terreaux', reason: 'Déjà inscrite sous un autre nom' }]);

    const takeBack = await competing(running().system.url);
    await page.getByRole('link', { name: 'Tour d’attribution' }).click();
    await page.getByRole('button', { name: 'Comparer' }).click();
    await page.getByRole('heading', { name: 'Besoins servis, par urgence' }).waitFor();
    await page.getByText('Voir le tableau').first().click();
    expect(await page.getByRole('table', { name: 'Besoins servis, par urgence' }).getByRole('columnheader').allInnerTexts()).toEqual(['Quoi', 'α = 0', 'α = 1', 'α = 2']);
    const changes = page.getByRole('region', { name: 'Ce qui change' }).getByRole('row');
    expect(await changes.first().getByRole('columnheader').allInnerTexts()).toEqual(['Structure', 'α = 0', 'α = 1', 'α = 2']);
    await changes.getByRole('rowheader', { name: /Maison ouverte de Saint-Denis.*8 × portable, urgence 2/ }).waitFor();
    await changes.getByRole('rowheader', { name: /Les Passerelles du Rhône.*8 × portable, urgence 3/ }).waitFor();
    await sound(visit, 'rounds');
    await takeBack();
    for (let quarter = 0; quarter < 2; quarter++) await page.getByRole('slider').press('ArrowRight');
    await page.getByRole('button', { name: 'Lancer un tour' }).click();
    await page.getByRole('dialog').getByText(/^Avec α = 1,5, pour ce tour seulement/).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Lancer un tour' }).click();
    await page.getByRole('heading', { level: 1, name: 'Un tour d’attribution' }).waitFor();
    await page.getByText(/α = 1,5/).waitFor();
    const line = page.getByRole('row', { name: /2 sur 2/ }).first();
    await line.waitFor();
    await sound(visit, 'round');
    await line.click();
    await page.getByRole('dialog').getByText(/2 portables sur 2.*urgence 3/).waitFor();
    await sound(visit, 'explanation');
    await page.getByRole('button', { name: 'Fermer' }).click();

    const shipmentId = await accepted(running().system.url, needId);
    await page.getByRole('link', { name: 'Expéditions' }).click();
    const card = page.locator(`a[href="/coordination/shipments/${shipmentId}"]`);
    await card.waitFor();
    await sound(visit, 'shipments');
    await card.click();
    await page.getByRole('button', { name: 'Préparer 2 appareils' }).click();
    await page.getByText('en préparation').waitFor();
    await pack(coordinator, shipmentId);
    await page.reload();
    await page.getByRole('button', { name: 'Remettre le colis' }).click();
    await page.getByRole('button', { name: 'Confirmer la livraison' }).waitFor();
    await page.getByRole('group', { name: 'Manquants à l’arrivée' }).getByRole('checkbox').first().check();
    await sound(visit, 'shipment');
    // Asked for again in vain, what was there stays, with what is ticked.
    await page.route(`**/api/dispatch/shipments/${shipmentId}`, (route) => route.fulfill({ status: 403 }));
    await page.waitForResponse((answer) => answer.status() === 403);
    await page.unrouteAll();
    await page.getByLabel('Reçu par').selectOption({ label: 'un salarié' });
    await page.getByRole('button', { name: 'Confirmer, sauf 1 manquant' }).click();
    await page.getByText('livré', { exact: true }).waitFor();
    const delivered = await coordinator.call<{ devices: { returnState: string | null }[] }>('GET', `/dispatch/shipments/${shipmentId}`);
    expect(delivered).toMatchObject({ state: 'delivered', parcels: [{ receivedBy: 'employee' }] });
    expect(delivered.devices.filter(({ returnState }) => returnState !== null)).toHaveLength(1);

    await page.getByRole('link', { name: 'Stock', exact: true }).click();
    await page.getByRole('link', { name: /portable, catégorie .* : \d+ libre/ }).first().click();
    await page.getByRole('combobox', { name: 'État' }).selectOption({ label: 'en stock' });
    const item = page.getByRole('row').nth(1);
    await item.waitFor();
    const label = (await item.getByRole('gridcell').first().innerText()).trim();
    await item.click();
    await page.getByRole('button', { name: 'Mettre à part' }).click();
    await eventually(async () => (await coordinator.call<{ items: { label: string }[] }>('GET', '/inventory/items?state=quarantined')).items.some((one) => one.label === label), { what: `${label} is set apart` });
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await sound(visit, 'items');
    await visit.close();
  }, JOURNEY_MS);

  it('fits a phone, in English: decides, and looks at everything', async () => {
    const later = await whatWaits(running().system.url, 'Laptops of the Lyon branch');
    const visit = await running().visit({ who: 'coordinator', language: 'en', size: 'phone' });
    const { page } = visit;
    const lot = page.getByRole('button', { name: /Laptops of the Lyon branch/ });
    await lot.click();
    const accept = page.getByRole('button', { name: 'Accept 24 devices' });
    await accept.waitFor();
    await sound(visit, 'inbox');
    await accept.click();
    await lot.waitFor({ state: 'detached' });
    expect(await coordinator.call('GET', `/intake/lots/${later.lotId}`)).toMatchObject({ state: 'accepted' });

    await page.goto('/coordination/stock');
    await page.getByRole('rowheader', { name: 'laptop' }).waitFor();
    await sound(visit, 'stock');
    await page.goto('/coordination/rounds');
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByRole('heading', { name: 'Fairness' }).waitFor();
    await sound(visit, 'rounds');
    await page.getByRole('row', { name: /coordination/ }).first().click();
    await page.getByRole('row', { name: /of/ }).first().waitFor();
    await sound(visit, 'round');
    await page.goto('/coordination/shipments');
    await page.getByLabel('Which ones').selectOption({ label: 'Ended' });
    await page.getByRole('link', { name: /packed/ }).first().click();
    await page.getByText('delivered', { exact: true }).first().waitFor();
    await sound(visit, 'shipment');
    await page.goto('/coordination/objective');
    await page.getByRole('heading', { name: 'By month' }).waitFor();
    await page.getByText(/devices received in \d{4}, of an objective of 50,000/).waitFor();
    await sound(visit, 'objective');
    await visit.close();
  }, JOURNEY_MS);
});
