import { poison } from '../fixtures/poison.js';
import { inBrowser } from '../fixtures/test-console.js';
import type { Visit, VisitOptions } from '../fixtures/visit.js';

const LANGUAGES = {
  fr: {
    live: 'en direct', silence: /Rien n’est passé ici/, flow: 'Flux', parked: 'Arrêtés', traces: 'Traces', jobs: 'Travaux', rules: 'Invariants', readOnly: 'Lecture seule', mismatch: 'Contenu non conforme',
    redrive: 'Relancer', reason: 'Motif du rejet', discard: 'Écarter', stays: /reste arrêté/, discarded: 'L’événement est écarté. Le motif est gardé.', holds: 'respectée', nothing: 'Rien n’est arrêté', absent: '(absent)', life: 'Une vie à travers les services',
  },
  en: {
    live: 'live', silence: /Nothing has passed here/, flow: 'Flow', parked: 'Parked', traces: 'Traces', jobs: 'Jobs', rules: 'Invariants', readOnly: 'Read only', mismatch: 'Not as the contract says',
    redrive: 'Redrive', reason: 'Reason to discard', discard: 'Discard', stays: /stays parked/, discarded: 'The event is discarded. The reason is kept.', holds: 'holds', nothing: 'Nothing is parked', absent: '(missing)', life: 'One life across services',
  },
} as const;

inBrowser('operations', (running) => {
  /** A donor opens a lot: something happens. Its id. */
  async function openLot(): Promise<string> {
    const donor = await running().visit({ who: 'donor' });
    const id = await donor.page.evaluate(async () => {
      const { csrf } = (await (await fetch('/auth/me')).json()) as { csrf: string };
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf, 'idempotency-key': crypto.randomUUID() };
      const answer = await fetch('/api/intake/lots', { method: 'POST', headers, body: JSON.stringify({ title: 'Parc 2026' }) });
      if (!answer.ok) throw new Error(await answer.text());
      return ((await answer.json()) as { id: string }).id;
    });
    await donor.close();
    return id;
  }

  async function looksRight(visit: Visit, name: string): Promise<void> {
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot(`operations-${name}`);
  }

  it.each<VisitOptions & { language: 'fr' | 'en' }>([{ who: 'ops', language: 'fr', size: 'desktop' }, { who: 'ops', language: 'en', size: 'phone' }])(
    'sees an event pass, mends what is parked, and follows a lot, in $language on a $size', async (options) => {
      const visit = await running().visit(options);
      const { page } = visit;
      const words = LANGUAGES[options.language];
      const tab = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click();

      await page.getByText(words.live, { exact: true }).waitFor();
      await page.getByText(words.silence).waitFor();
      const lotId = await openLot();
      await page.getByRole('link', { name: /^intake\.lot-/ }).first().waitFor();
      await looksRight(visit, 'flow');

      const { eventId, key } = await poison(running().system.folder);
      await tab(words.parked);
      await page.getByText(words.mismatch).nth(1).waitFor();
      await looksRight(visit, 'parked');
      // Two services hear of devices.
      const parked = page.getByRole('link', { name: new RegExp(key) });
      await parked.nth(1).waitFor();
      expect(await parked.count()).toBe(2);
      await parked.first().click();
      const payload = page.getByRole('region').first();
      await payload.getByText('"category": 7').waitFor();
      expect(await payload.locator('mark').allInnerTexts()).toEqual([expect.stringMatching(/^"category": 7/), `"maker": ${words.absent}`]);
      expect(page.url()).toContain(eventId);
      const lock = page.getByRole('switch', { name: words.readOnly });
      const redrive = page.getByRole('button', { name: words.redrive, exact: true });
      const discard = page.getByRole('button', { name: words.discard, exact: true });
      expect([await lock.isChecked(), await redrive.isDisabled(), await discard.isDisabled()]).toEqual([true, true, true]);
      await looksRight(visit, 'parked-event');

      await lock.uncheck();
      await page.reload();
      await payload.getByText('"category": 7').waitFor();
      expect(await lock.isChecked()).toBe(false);
      await redrive.click();
      await page.getByText(words.stays).waitFor();
      const giveUp = async () => {
        await page.getByRole('textbox', { name: words.reason }).fill('made by a test');
        await discard.click();
        await page.getByRole('dialog').getByRole('button', { name: words.discard, exact: true }).click();
        await page.getByText(words.discarded).waitFor();
      };
      await giveUp();
      await parked.nth(1).waitFor({ state: 'detached' });
      await parked.first().click();
      await giveUp();
      await page.getByText(words.nothing).waitFor();

      await page.getByRole('searchbox').fill(lotId);
      await page.keyboard.press('Enter');
      await page.getByRole('main').getByRole('row').nth(1).getByRole('link').waitFor();
      await looksRight(visit, 'traces');
      await page.getByRole('main').getByRole('row').nth(1).getByRole('link').click();
      await page.getByRole('list', { name: words.life }).getByRole('button', { name: /^intake\.lot-/ }).first().click();
      await page.getByRole('region').getByText(lotId).first().waitFor();
      await looksRight(visit, 'life');

      await tab(words.jobs);
      await page.getByRole('table').nth(1).getByRole('row').nth(1).waitFor();
      await looksRight(visit, 'jobs');

      await tab(words.rules);
      await page.getByText(words.holds, { exact: true }).first().waitFor();
      // The services say each rule in English; the page knows all of them in both languages.
      const english = await page.evaluate(async () => {
        const services = ['directory', 'intake', 'refurbishment', 'inventory', 'matching', 'dispatch', 'traceability'];
        const told = await Promise.all(services.map(async (service) => (await (await fetch(`/api/${service}/operations/invariants`)).json()) as { says: string }[]));
        return told.flat().map(({ says }) => says);
      });
      const shown = await page.getByRole('table').innerText();
      expect(english.length).toBeGreaterThan(25);
      expect(options.language === 'fr' ? english.filter((says) => shown.includes(says)) : []).toEqual([]);
      await looksRight(visit, 'invariants');
      expect(visit.complaints).toEqual([]);
      await visit.close();
    }, 120_000,
  );
});
