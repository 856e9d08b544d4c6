import { eventually } from '@lacollecte/testing';
import { accepted } from '../fixtures/coordination.js';
import { parcOf240 } from '../fixtures/lists.js';
import { ApiPerson } from '../fixtures/person.js';
import { OtherPeople } from '../fixtures/stock.js';
import { inBrowser } from '../fixtures/test-console.js';

/** Through everybody's part: it ends before, unless it hangs. */
const LONG_MS = 300_000;
/** So many devices have to go somewhere until their donor learns where. */
const DEVICES = 5;
/** Of laptops in the list. */
const SERIALS = ['PK1000', 'PK1001', 'PK1005', 'PK1010', 'PK1011'];

inBrowser('a list of 240 devices', (running) => {
  it('is dropped by a donor and followed, step by step, until devices of it are delivered', async () => {
    const { url } = running().system;
    const others = await OtherPeople.signIn(url);
    const structure = await ApiPerson.signIn(url, 'structure');
    const visit = await running().visit({ who: 'donor', path: '/donor/new' });
    const { page } = visit;
    await page.getByRole('textbox', { name: 'Nom du don' }).fill('Parc de Lyon');
    await page.getByRole('button', { name: 'Continuer', exact: true }).click();
    await page.locator('input[type="file"]').setInputFiles({ name: 'parc.csv', mimeType: 'text/csv', buffer: parcOf240() });
    await page.getByRole('button', { name: 'Ajouter 238 appareils au don' }).click();
    await page.getByText('238 appareils ajoutés depuis parc.csv').waitFor();
    await page.getByRole('button', { name: /3\. Enlèvement/ }).click();
    await page.getByRole('textbox', { name: 'Personne sur place' }).fill('Camille Donatrice');
    await page.getByRole('textbox', { name: 'Téléphone' }).fill('04 72 00 00 00');
    await page.getByRole('button', { name: 'Continuer', exact: true }).click();
    await page.getByRole('button', { name: 'Envoyer le don de 238 appareils' }).click();
    await page.waitForURL(/\/donor\/lots\/[\da-f-]{36}$/);
    await page.getByText('Vous avez proposé 238 appareils ; nous vous répondons bientôt.').waitFor();
    const lotId = page.url().split('/').at(-1)!;

    const labels = await others.takeIn(lotId, SERIALS);
    await page.reload();
    const devices = page.getByRole('grid');
    await devices.getByRole('row', { name: new RegExp(labels[0]!) }).waitFor();
    await visit.screenshot('donor-lot-in-stock');

    const line = { category: 'laptop', minGrade: 'C', quantity: DEVICES, urgency: 3, public: 'job-seekers', reason: 'Ateliers de recherche d’emploi' };
    const { needId } = await structure.call<{ needId: string }>('POST', '/matching/needs', { body: { lines: [line] } });
    await others.allocate(needId);
    await accepted(url, needId);
    const sent = await others.send(needId, DEVICES);
    expect(sent.labels.toSorted()).toEqual(labels.toSorted());
    const { parcels } = await structure.call<{ parcels: { parcelId: string; version?: number }[] }>('GET', `/dispatch/shipments/${sent.shipmentId}`);
    for (const { parcelId } of parcels) await structure.call('POST', `/dispatch/shipments/${sent.shipmentId}/parcels/${parcelId}/delivery`, { body: { receivedBy: 'volunteer' } });
    const donor = await ApiPerson.signIn(url, 'donor');
    const delivered = () => donor.call<{ outcomes: Record<string, number> }>('GET', `/intake/lots/${lotId}`).then(({ outcomes }) => outcomes['delivered'] === DEVICES);
    await eventually(delivered, { what: 'their donor can know of it' });

    await page.reload();
    await page.getByText(new RegExp(`^${DEVICES} de vos ${DEVICES} appareils ont trouvé un usage`)).waitFor();
    await page.getByText(/^5 .*(association|organisme)/).first().waitFor();
    await devices.getByRole('row', { name: new RegExp(labels[0]!) }).waitFor();
    await visit.screenshot('donor-lot-delivered');
    await devices.getByRole('row', { name: new RegExp(labels[0]!) }).click();
    await page.getByRole('list', { name: 'Parcours de l’appareil' }).getByText(/^Livré/).waitFor();
    expect(await page.getByRole('main').innerText()).not.toContain('demo.lacollecte');
    expect(await visit.accessibility()).toEqual([]);
    await visit.screenshot('donor-device-delivered');
    expect(visit.complaints).toEqual([]);
    await visit.close();
  }, LONG_MS);
});
