import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { carryThrough, draft, locked, received, strangersGift } from '../fixtures/gifts.js';
import { ApiPerson } from '../fixtures/person.js';
import { inBrowser } from '../fixtures/test-console.js';
import type { Visit } from '../fixtures/visit.js';

/** Of a journey, and of carrying a list through the system: they end before, unless they hang. */
const LONG_MS = 240_000;
const LIST = [
  ...Array.from({ length: 17 }, (_, i) => `Ordinateur portable;Dell;Latitude 5490;SN${1000 + i};1;Bon`),
  'Smartphone;Apple;iPhone 8;;3;Bon', 'Écran;Dell;P2419H;;4;Bon', 'Imprimante;HP;M404;;1;Bon',
];

interface Lot {
  readonly id: string;
  readonly title: string;
  readonly declared: number;
  readonly received: number;
  readonly unexpected: number;
  readonly outcomes: Readonly<Record<string, number>>;
}

/** What is wrong with the page as it is, and a picture of it. */
async function findings(visit: Visit, name: string): Promise<string[]> {
  await visit.page.waitForLoadState('networkidle');
  await visit.page.evaluate(() => scrollTo(0, 0));
  await visit.screenshot(name);
  return [...(await visit.accessibility()), ...visit.complaints, ...((await visit.fits()) ? [] : ['it is wider than its window'])];
}

const heading = (page: Page, name: string | RegExp, level: 1 | 2 | 3 = 1) => page.getByRole('heading', { level, name });

inBrowser('what a donor sees of their gifts', (running) => {
  let gift: Lot;

  it('offers the first step where nothing was given yet', async () => {
    const visit = await running().visit({ who: 'donor' });
    const { page } = visit;
    await heading(page, 'Vous n’avez encore rien donné ici', 2).waitFor();
    expect(await page.getByRole('link', { name: 'Proposer un premier don' }).getAttribute('href')).toBe('/donor/new');
    expect(await findings(visit, 'donor-lots-empty')).toEqual([]);
    await page.getByRole('link', { name: 'Notre impact' }).click();
    await heading(page, 'Rien à compter pour l’instant', 2).waitFor();
    expect(await findings(visit, 'donor-impact-empty')).toEqual([]);
    await page.getByRole('link', { name: 'Tout est lu' }).click();
    await heading(page, 'Rien de nouveau pour l’instant', 2).waitFor();
    expect(await findings(visit, 'donor-notifications-empty')).toEqual([]);
    await visit.close();
  }, LONG_MS);

  describe('once a gift was carried to its end', () => {
    beforeAll(async () => {
      const { system } = running();
      await carryThrough(system, LIST);
      const donor = await ApiPerson.signIn(system.url, 'donor');
      gift = (await donor.call<{ items: Lot[] }>('GET', '/intake/lots')).items[0]!;
      await draft(system.url, 'Salle de réunion');
    }, LONG_MS);

    it('tells in French what became of it, down to where a device went, and never to whom', async () => {
      const visit = await running().visit({ who: 'donor' });
      const { page } = visit;
      expect(gift.outcomes['delivered']).toBeGreaterThanOrEqual(5);
      const [came, reused] = [gift.received + gift.unexpected, gift.outcomes['delivered']!];
      const sentence = new RegExp(`^${reused} de vos ${came} appareils ont (déjà )?trouvé un usage`);

      const unfinished = page.getByRole('article', { name: 'Salle de réunion' });
      await unfinished.getByText('Brouillon : 12 appareils inscrits, pas encore envoyés.').waitFor();
      expect(await unfinished.getByRole('link', { name: 'Continuer « Salle de réunion »' }).getAttribute('href')).toMatch(/^\/donor\/lots\/[\da-f-]{36}\/edit$/);
      const card = page.getByRole('article', { name: gift.title });
      await card.getByText(sentence).waitFor();
      expect(await card.getByRole('img').getAttribute('aria-label')).toContain(`réutilisés ${reused}`);
      expect(await findings(visit, 'donor-lots')).toEqual([]);

      await card.getByRole('link', { name: gift.title }).click();
      await heading(page, gift.title).waitFor();
      await page.getByText(sentence).waitFor();
      const sums = page.getByRole('table', { name: 'Annoncé et reçu' });
      expect(await sums.getByRole('row', { name: /^Annoncés/ }).innerText()).toMatch(new RegExp(`\\s${gift.declared}$`));
      expect(await sums.getByRole('row', { name: /^Reçus/ }).innerText()).toMatch(new RegExp(`\\s${came}$`));
      const where = page.getByRole('listitem').filter({ hasText: /association|organisme/ });
      await where.first().waitFor();
      await page.getByRole('grid').getByRole('row').nth(1).waitFor();
      expect(await findings(visit, 'donor-lot')).toEqual([]);

      for (const [name, columns, rows] of [['Inventaire reçu (CSV)', 'Ligne;Catégorie', 20], ['Appareils du don (CSV)', 'Étiquette;Catégorie', came]] as const) {
        const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
        const text = await readFile(await download.path(), 'utf8');
        expect(text.startsWith(`\uFEFF${columns}`)).toBe(true);
        expect(text.trimEnd().split('\r\n').length).toBeGreaterThanOrEqual(rows + 1);
      }

      await page.getByRole('grid').getByRole('row', { name: /Dell Latitude 5490.*réutilisé/ }).first().click();
      await heading(page, 'Dell Latitude 5490').waitFor();
      const way = page.getByRole('list', { name: 'Parcours de l’appareil' });
      await way.getByText(/^Livré/).waitFor();
      expect((await way.getByRole('listitem').allInnerTexts()).map((text) => text.split('\n')[0])).toEqual(expect.arrayContaining([expect.stringMatching('Reçu à l’atelier'), expect.stringMatching('Plus aucune donnée')]));
      expect(await findings(visit, 'donor-device')).toEqual([]);
      await visit.close();
    }, LONG_MS);

    it('shows the impact with its factors and their source, as charts with a table behind each', async () => {
      const visit = await running().visit({ who: 'donor', path: '/donor/impact' });
      const { page } = visit;
      await page.getByText('Source des facteurs : ADEME, 2022.').waitFor();
      await page.getByText(/27 kg \(ordinateur portable\) et 24,6 kg \(smartphone\)/).waitFor();
      const kinds = page.getByRole('table', { name: 'Par type d’appareil' });
      await page.getByText('Voir en tableau').first().click();
      await kinds.getByRole('row', { name: /^Ordinateur portable/ }).waitFor();
      const reused = (await kinds.getByRole('row').allInnerTexts()).slice(1).map((row) => Number(row.split(/\s/).at(-3)));
      expect(reused.reduce((sum, n) => sum + n, 0)).toBe(gift.outcomes['delivered']);
      expect(await findings(visit, 'donor-impact')).toEqual([]);
      await visit.close();
    }, LONG_MS);

    it('tells of each step, and forgets none that was not read', async () => {
      const visit = await running().visit({ who: 'donor' });
      const { page } = visit;
      await page.getByRole('link', { name: /^\d notifications non lues$/ }).click();
      await heading(page, 'Notifications').waitFor();
      await page.getByRole('link', { name: /est reçu, avec des écarts$/ }).waitFor();
      await page.getByRole('link', { name: /est accepté$/ }).waitFor();
      expect(await findings(visit, 'donor-notifications')).toEqual([]);
      const before = await page.getByText('nouveau', { exact: true }).count();
      await page.getByRole('link', { name: /est accepté$/ }).click();
      await heading(page, gift.title).waitFor();
      await page.goBack();
      await page.getByRole('status').filter({ hasText: before === 2 ? '1 notification non lue' : `${before - 1} notifications non lues` }).waitFor();
      await page.getByRole('button', { name: 'Tout marquer comme lu' }).click();
      await page.getByRole('link', { name: 'Tout est lu' }).waitFor();
      await page.getByText('nouveau', { exact: true }).first().waitFor({ state: 'detached' });
      expect(await page.getByRole('button', { name: 'Tout marquer comme lu' }).count()).toBe(0);
      expect(visit.complaints).toEqual([]);
      await visit.close();
    }, LONG_MS);

    it('tells the same in English on a phone', async () => {
      const visit = await running().visit({ who: 'donor', language: 'en', size: 'phone', scheme: 'dark' });
      const { page } = visit;
      const sentence = new RegExp(`^${gift.outcomes['delivered']} of your ${gift.received + gift.unexpected} devices have (already )?found a use`);
      const card = page.getByRole('article', { name: gift.title });
      await card.getByText(sentence).waitFor();
      expect(await findings(visit, 'donor-lots')).toEqual([]);
      await card.getByRole('link', { name: gift.title }).click();
      await page.getByText(sentence).waitFor();
      const delivered = page.getByRole('grid').getByRole('row', { name: /Latitude 5490.*reused/ }).first();
      await delivered.waitFor();
      expect(await findings(visit, 'donor-lot')).toEqual([]);
      await delivered.click();
      await page.getByRole('list', { name: 'The device’s way' }).getByText(/^Delivered/).waitFor();
      expect(await findings(visit, 'donor-device')).toEqual([]);
      await page.goto('/donor/impact');
      await page.getByText('Source of the factors: ADEME, 2022.').waitFor();
      expect(await findings(visit, 'donor-impact')).toEqual([]);
      await page.goto('/donor/notifications');
      await page.getByRole('link', { name: /is accepted$/ }).waitFor();
      expect(await findings(visit, 'donor-notifications')).toEqual([]);
      await visit.close();
    }, LONG_MS);

    it('shows nothing of another donor’s gift, nor that there is one', async () => {
      const { url } = running().system;
      const other = await strangersGift(url);
      const nowhere = '0d000000-0000-4000-8000-000000000000';
      const visit = await running().visit({ who: 'donor' });
      for (const path of [`/donor/lots/${other.lotId}`, `/donor/lots/${other.lotId}/devices/${other.deviceId}`, `/donor/lots/${gift.id}/devices/${other.deviceId}`, `/donor/lots/${nowhere}`, '/donor/lots/not-an-id']) {
        await visit.page.goto(path);
        await heading(visit.page, 'Rien à cette adresse').waitFor();
        await visit.page.waitForLoadState('networkidle');
        const shown = await visit.page.content();
        for (const secret of [other.title, other.label, 'Voisin']) expect(shown).not.toContain(secret);
      }
      expect(await findings(visit, 'donor-lot-missing')).toEqual([]);
      await visit.close();
      const donor = await ApiPerson.signIn(url, 'donor');
      for (const path of [
        `/intake/lots/${other.lotId}`, `/intake/lots/${other.lotId}/devices/${other.deviceId}`, `/intake/lots/${other.lotId}/inventory/download`, `/intake/lots/${other.lotId}/devices/download`,
        `/traceability/own-devices/${other.deviceId}/timeline`, `/traceability/own-lots/${other.lotId}/progress`,
      ]) expect([path, (await donor.send('GET', path)).status]).toEqual([path, 404]);
    }, LONG_MS);

    it('asks for what only the donor can do, and goes on with the answer', async () => {
      const { url } = running().system;
      await locked(url, await received(url, 'Deux portables', 2));
      const visit = await running().visit({ who: 'donor', size: 'phone' });
      const { page } = visit;
      await page.getByText('1 appareil attend votre réponse').waitFor();
      expect(await findings(visit, 'donor-lots-question')).toEqual([]);
      await page.getByRole('listitem').getByRole('link', { name: /LC-/ }).click();
      await page.getByText('Un compte personnel verrouille cet appareil').waitFor();
      expect(await findings(visit, 'donor-device-question')).toEqual([]);
      await page.getByRole('textbox', { name: 'Votre réponse' }).fill('Compte retiré ce matin.');
      await page.getByRole('button', { name: 'Envoyer la réponse' }).click();
      await page.getByText('Il est arrivé ; ses données restent à effacer.').waitFor();
      expect(await page.getByRole('textbox').count()).toBe(0);
      expect(visit.complaints).toEqual([]);
      await visit.close();
    }, LONG_MS);

    it('goes through a thousand devices', async () => {
      const lotId = await received(running().system.url, 'Mille portables', 1000);
      const visit = await running().visit({ who: 'donor', path: `/donor/lots/${lotId}` });
      const { page } = visit;
      const grid = page.getByRole('grid');
      await grid.getByRole('row').nth(1).waitFor();
      await grid.focus();
      for (const known of ['400', '600', '800', '1\\s000']) {
        await page.keyboard.press('End');
        await page.getByText(new RegExp(`^${known} lignes`)).waitFor();
      }
      await page.keyboard.press('End');
      await grid.locator('[data-index="999"]').waitFor();
      expect(await grid.getByRole('row').count()).toBeLessThan(80);
      await page.keyboard.press('Enter');
      await page.getByRole('list', { name: 'Parcours de l’appareil' }).getByText('Reçu à l’atelier').waitFor();
      expect(visit.complaints).toEqual([]);
      await visit.close();
    }, LONG_MS);
  });
});
