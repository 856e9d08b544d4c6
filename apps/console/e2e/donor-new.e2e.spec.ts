import { draft } from '../fixtures/gifts.js';
import { parcOf240 } from '../fixtures/lists.js';
import { inBrowser } from '../fixtures/test-console.js';
import type { Visit } from '../fixtures/visit.js';

const LONG_MS = 240_000;

/** What is wrong with the page as it is, and a picture of it. */
async function findings(visit: Visit, name: string): Promise<string[]> {
  await visit.page.waitForLoadState('networkidle');
  await visit.screenshot(name);
  return [...(await visit.accessibility()), ...visit.complaints, ...((await visit.fits()) ? [] : ['it is wider than its window'])];
}

const drop = (visit: Visit, name: string, buffer: Buffer) => visit.page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/csv', buffer });

inBrowser('a new gift', (running) => {
  it('is begun, left, come back to, filled from a list of 240 devices, corrected and sent', async () => {
    const visit = await running().visit({ who: 'donor', path: '/donor/new' });
    const { page } = visit;
    const siren = page.getByRole('textbox', { name: 'SIREN' });
    await page.getByText('Atelier Lumière SA').waitFor();
    expect(await siren.inputValue()).toBe('990000010');
    await siren.fill('990000011');
    await page.getByText('Ce numéro n’est pas un SIREN : vérifiez ses neuf chiffres.').waitFor();
    expect(await page.getByRole('button', { name: 'Continuer', exact: true }).isDisabled()).toBe(true);
    await siren.fill('552 100 554');
    await page.getByText('Ce SIREN n’est pas celui de Atelier Lumière SA').waitFor();
    expect(await findings(visit, 'donor-new-company')).toEqual([]);
    await siren.fill('990 000 010');
    await page.getByRole('textbox', { name: 'Nom du don' }).fill('Parc de Lyon');
    await page.getByRole('button', { name: 'Continuer', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Parc de Lyon' }).waitFor();

    await page.getByRole('button', { name: /3\. Enlèvement/ }).click();
    await page.getByRole('textbox', { name: 'Étage' }).fill('3e');
    await page.getByRole('status').filter({ hasText: /^Enregistré$/ }).waitFor();
    await page.getByRole('link', { name: 'Continuer plus tard' }).click();
    await page.getByRole('link', { name: 'Continuer « Parc de Lyon »' }).click();
    await page.getByRole('heading', { level: 2, name: 'Matériel' }).waitFor();

    await drop(visit, 'photo.pdf', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n'));
    await page.getByRole('alert').getByText('photo.pdf n’est pas arrivé').waitFor();
    await drop(visit, 'lettre.csv', Buffer.from('Bonjour, voici notre lettre.\nElle ne contient aucun tableau.\n'));
    await page.getByRole('alert').getByText('lettre.csv n’a pas pu être lu').waitFor();
    expect(await findings(visit, 'donor-new-no-table')).toEqual([]);

    await page.route('**/manifests?*', (route) => route.abort('connectionreset'), { times: 1 });
    await drop(visit, 'parc.csv', parcOf240());
    await page.getByText('parc.csv n’est pas arrivé').waitFor();
    await page.getByRole('button', { name: 'Renvoyer le fichier' }).click();
    await page.getByText('238 lignes peuvent être reprises,').waitFor();
    expect(await page.getByRole('combobox', { name: 'N° de série' }).inputValue()).toBe('serial');
    expect(await page.getByRole('region', { name: 'Les 10 premières lignes' }).getByRole('row').count()).toBe(11);
    await page.getByRole('combobox', { name: 'Valeur nette comptable (€)' }).selectOption('Ne pas reprendre');
    await page.getByRole('combobox', { name: 'Valeur nette comptable (€)' }).and(page.locator(':enabled')).waitFor();
    await page.getByText('238 lignes peuvent être reprises,').waitFor();
    await page.getByText('catégorie inconnue (Type de matériel : « Machine à café »)').waitFor();
    expect(await findings(visit, 'donor-new-preview')).toEqual([]);

    await page.getByRole('button', { name: 'Ajouter 238 appareils au don' }).click();
    await page.getByText('238 appareils ajoutés depuis parc.csv').waitFor();
    await page.getByRole('button', { name: 'Corriger la ligne 43' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'Ligne 43' });
    await row.getByRole('combobox', { name: 'Type de matériel' }).selectOption('Ordinateur portable');
    await row.getByRole('button', { name: 'Ajouter la ligne corrigée' }).click();
    await row.getByText('Le numéro de série PK1040 est déjà dans un de vos dons en cours.').first().waitFor();
    await row.getByRole('textbox', { name: 'N° de série' }).fill('PK1041');
    expect(await findings(visit, 'donor-new-refusals')).toEqual([]);
    await row.getByRole('button', { name: 'Ajouter la ligne corrigée' }).click();
    await row.getByText('corrigée', { exact: true }).waitFor();
    await page.getByRole('heading', { name: '239 appareils dans ce don' }).waitFor();

    await page.getByRole('button', { name: /3\. Enlèvement/ }).click();
    expect(await page.getByRole('textbox', { name: 'Étage' }).inputValue()).toBe('3e');
    await page.getByRole('textbox', { name: 'Personne sur place' }).fill('Camille Donatrice');
    await page.getByRole('textbox', { name: 'Téléphone' }).fill('04 72 00 00 00');
    expect(await findings(visit, 'donor-new-pickup')).toEqual([]);
    await page.getByRole('button', { name: 'Continuer', exact: true }).click();
    const send = page.getByRole('button', { name: 'Envoyer le don de 239 appareils' });
    await send.waitFor();
    expect(await findings(visit, 'donor-new-review')).toEqual([]);
    await send.click();
    await page.waitForURL(/\/donor\/lots\/[\da-f-]{36}$/);
    await page.getByText('Vous avez proposé 239 appareils ; nous vous répondons bientôt.').waitFor();
    await visit.close();
  }, LONG_MS);

  it('on a phone, in English: what is missing is said, lines are typed, and a change elsewhere is told', async () => {
    const { id, version } = await draft(running().system.url, 'Meeting room', 2);
    const visit = await running().visit({ who: 'donor', language: 'en', size: 'phone', path: `/donor/lots/${id}/edit` });
    const { page } = visit;
    await page.getByRole('heading', { level: 1, name: 'Meeting room' }).waitFor();
    await page.getByRole('button', { name: /2\. Equipment/ }).click();
    await page.getByRole('button', { name: 'Add to the gift' }).click();
    await page.getByText('Choose the kind of equipment.').waitFor();
    await page.getByRole('combobox', { name: 'Kind of equipment' }).selectOption('Monitor');
    await page.getByRole('textbox', { name: 'Quantity' }).fill('3');
    await page.getByRole('button', { name: 'Add to the gift' }).click();
    await page.getByRole('heading', { name: '5 devices in this gift' }).waitFor();
    expect(await findings(visit, 'donor-new-equipment')).toEqual([]);

    await page.getByRole('button', { name: /4\. Check and send/ }).click();
    await page.getByRole('button', { name: 'A person on site' }).waitFor();
    expect(await page.getByRole('button', { name: 'Send the gift of 5 devices' }).isDisabled()).toBe(true);
    expect(await findings(visit, 'donor-new-missing')).toEqual([]);

    await page.getByRole('button', { name: 'A person on site' }).click();
    await page.evaluate(async ({ lotId, known }) => {
      const { csrf } = (await (await fetch('/auth/me')).json()) as { csrf: string };
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf, 'if-match': `"${known}"` };
      await fetch(`/api/intake/lots/${lotId}`, { method: 'PATCH', headers, body: JSON.stringify({ title: 'Meeting rooms' }) });
    }, { lotId: id, known: version + 1 });
    await page.getByRole('textbox', { name: 'Person on site' }).fill('Camille');
    const notice = page.getByRole('alert').filter({ hasText: 'This gift was changed elsewhere' });
    await notice.waitFor();
    expect(await findings(visit, 'donor-new-conflict')).toEqual([]);
    await notice.getByRole('button', { name: 'Keep what I typed' }).click();
    await page.getByRole('status').filter({ hasText: /^Saved$/ }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: /3\. Pick-up/ }).click();
    const person = page.getByRole('textbox', { name: 'Person on site' });
    expect(await person.inputValue()).toBe('Camille');

    // Taken by the service, and the answer lost: what is typed next is no change of somebody else.
    await page.route(`**/api/intake/lots/${id}`, async (route) => {
      if (route.request().method() !== 'PATCH') return route.continue();
      await route.fetch();
      await route.abort();
      await page.unrouteAll();
    });
    await person.fill('Camille Durand');
    await page.getByRole('alert').filter({ hasText: 'Not saved yet' }).waitFor();
    await person.fill('Camille Durand-Martin');
    await page.getByRole('status').filter({ hasText: /^Saved$/ }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: /3\. Pick-up/ }).click();
    expect(await person.inputValue()).toBe('Camille Durand-Martin');

    // Somebody else's words, heard of here by adding a line, are not written over unasked.
    await page.evaluate(async (lotId) => {
      const { csrf } = (await (await fetch('/auth/me')).json()) as { csrf: string };
      const { version: known } = (await (await fetch(`/api/intake/lots/${lotId}`)).json()) as { version: number };
      await fetch(`/api/intake/lots/${lotId}`, { method: 'PATCH', headers: { 'content-type': 'application/json', 'x-csrf-token': csrf, 'if-match': `"${known}"` }, body: JSON.stringify({ title: 'All rooms' }) });
    }, id);
    await page.getByRole('button', { name: /2\. Equipment/ }).click();
    await page.getByRole('combobox', { name: 'Kind of equipment' }).selectOption('Monitor');
    await page.getByRole('button', { name: 'Add to the gift' }).click();
    await page.getByRole('heading', { name: '6 devices in this gift' }).waitFor();
    await page.getByRole('button', { name: /3\. Pick-up/ }).click();
    await person.fill('Somebody');
    await notice.getByRole('button', { name: 'Take the other version' }).click();
    await page.getByRole('heading', { level: 1, name: 'All rooms' }).waitFor();
    expect(await person.inputValue()).toBe('Camille Durand-Martin');
    await visit.close();
  }, LONG_MS);
});
