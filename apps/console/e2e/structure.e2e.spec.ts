import type { Page } from 'playwright-core';
import { OtherPeople } from '../fixtures/stock.js';
import { inBrowser } from '../fixtures/test-console.js';
import type { Visit } from '../fixtures/visit.js';

/** A journey through everybody's part: it ends before, unless it hangs. */
const LONG_MS = 240_000;

/** What is wrong with the page as it is, and a picture of it. */
async function findings(visit: Visit, name: string): Promise<string[]> {
  await visit.page.waitForLoadState('networkidle');
  await visit.page.evaluate(() => scrollTo(0, 0));
  await visit.screenshot(`structure-${name}`);
  return [...(await visit.accessibility()), ...visit.complaints, ...((await visit.fits()) ? [] : ['it is wider than its window'])];
}

const heading = (page: Page, name: string | RegExp, level: 1 | 2 | 3 = 1) => page.getByRole('heading', { level, name });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const tab = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name }).click();
const idIn = (page: Page) => page.url().split('/').at(-1)!;

inBrowser('a structure', (running) => {
  let others: OtherPeople;
  let theirs: { readonly need: string; readonly shipment: string };

  beforeAll(async () => {
    others = await OtherPeople.signIn(running().system.url);
    await others.stock(7);
  }, LONG_MS);

  it('applies without an account, from the sign-in page, and is told what happens next', async () => {
    const visit = await running().visit({ who: null, size: 'phone' });
    const { page } = visit;
    await page.getByRole('link', { name: /Demander du matériel/ }).click();
    await heading(page, 'Devenir structure').waitFor();
    const send = button(page, 'Envoyer la demande');
    await page.getByText(/^Il manque : le nom de la structure, la rue/).waitFor();
    expect(await send.isDisabled()).toBe(true);
    const type = async (label: string, text: string) => page.getByRole('textbox', { name: label }).fill(text);
    await type('Nom de la structure', 'Le Pas de côté');
    await type('Rue et numéro', '3 rue des Capucins');
    await type('Code postal', '6900');
    await type('Ville', 'Lyon');
    await type('Personnes accompagnées en un an', '120');
    await page.reload();
    await page.getByText('Il manque : un code postal à 5 chiffres, votre nom, votre adresse électronique.').waitFor();
    expect(await findings(visit, 'apply')).toEqual([]);
    await type('Code postal', '69001');
    await type('Votre nom', 'Lou Capucin');
    await type('Votre adresse électronique', 'lou.capucin@demo.lacollecte.tech');
    await send.click();
    await heading(page, 'Demande envoyée').waitFor();
    expect(await page.getByRole('list', { name: 'La suite' }).getByRole('listitem').count()).toBe(4);
    expect(await findings(visit, 'applied')).toEqual([]);
    const { items } = await others.coordinator.call<{ items: object[] }>('GET', '/directory/organisations?state=pending');
    expect(items).toMatchObject([{ name: 'Le Pas de côté', state: 'pending', peopleServed: 120 }]);
    await visit.close();
  });

  it('states a need on a phone, takes a part of what it gets, misses one of what comes, and gives back a broken one', async () => {
    const visit = await running().visit({ who: 'structure', size: 'phone' });
    const { page } = visit;
    await heading(page, 'Aucun besoin pour l’instant', 2).waitFor();
    await page.getByText(/^Structure agréée : jusqu’à 80 appareils par trimestre/).waitFor();
    expect(await findings(visit, 'needs-empty')).toEqual([]);
    for (const [name, empty, file] of [['Attributions', 'Aucune attribution', 'allocations-empty'], ['Recevoir', 'Aucune expédition', 'deliveries-empty'], ['Pannes et retours', 'Aucun retour', 'returns-empty']] as const) {
      await tab(page, name);
      await heading(page, new RegExp(empty), 2).waitFor();
      expect(await findings(visit, file)).toEqual([]);
    }

    await tab(page, 'Nos besoins');
    await page.getByRole('link', { name: 'Nouveau besoin' }).first().click();
    await page.getByText('Il manque : le type d’appareil, le nombre, pour qui, pour quand.').waitFor();
    await page.getByRole('combobox', { name: 'Type d’appareil' }).selectOption('Ordinateur portable');
    await page.getByText('7 libres, aucune demande en cours.').waitFor();
    await page.getByRole('textbox', { name: 'Combien' }).fill('5');
    await page.reload();
    await page.getByText('Il manque : pour qui, pour quand.').waitFor();
    await page.getByRole('combobox', { name: 'Pour qui' }).selectOption('Demandeurs d’emploi');
    await page.getByRole('radio', { name: /formation en cours/ }).check();
    await page.getByRole('textbox', { name: 'À quoi serviront-ils' }).fill('Atelier CV, appelez-moi au 06 12 34 56 78');
    expect(await findings(visit, 'need-new')).toEqual([]);
    await button(page, 'Envoyer le besoin').click();
    await heading(page, '5 portables').waitFor();
    await page.getByText('Une personne semble nommée dans vos raisons').waitFor();
    expect(await findings(visit, 'need')).toEqual([]);
    const needId = idIn(page);

    await others.allocate(needId);
    await page.reload();
    await page.getByText(/^5 portables sur 5 : urgence 3, 0 jour d’attente/).waitFor();
    await page.getByText('Poids', { exact: true }).waitFor();
    expect(await findings(visit, 'need-weighed')).toEqual([]);

    await tab(page, 'Attributions');
    await page.getByText('5 appareils réservés attendent votre réponse.').waitFor();
    await page.getByRole('textbox', { name: 'Combien en prenez-vous, sur 5 ?' }).fill('3');
    await page.getByRole('textbox', { name: 'Pourquoi pas les 2 autres ?' }).fill('Salle trop petite');
    expect(await findings(visit, 'allocations')).toEqual([]);
    await button(page, 'Accepter 3, rendre 2').click();
    const window = page.getByRole('dialog', { name: '2 portables repartent vers d’autres structures' });
    await window.getByRole('button', { name: 'Accepter 3, rendre 2' }).click();
    await page.getByText('Votre raison : Salle trop petite').waitFor();
    await page.getByText('Rien n’attend votre réponse.').waitFor();

    const { shipmentId, labels } = await others.send(needId, 3);
    theirs = { need: needId, shipment: shipmentId };
    await tab(page, 'Recevoir');
    await page.getByText('1 expédition est en route.').waitFor();
    expect(await findings(visit, 'deliveries')).toEqual([]);
    await page.getByRole('link', { name: /3 appareils · Lyon Gerland/ }).click();
    await page.getByText('0 sur 3 présents').waitFor();
    const scan = page.getByRole('textbox', { name: 'Étiquette' });
    await scan.fill(labels[0]!.toLowerCase());
    await scan.press('Enter');
    await page.getByText(`${labels[0]} : présent.`).waitFor();
    await scan.fill('LC-0000');
    await scan.press('Enter');
    await page.getByText('« LC-0000 » n’est pas de ce colis.').waitFor();
    await page.getByRole('checkbox', { name: new RegExp(labels[1]!) }).check();
    await page.reload();
    await page.getByText('2 sur 3 présents').waitFor();
    expect(await findings(visit, 'delivery')).toEqual([]);
    await button(page, 'Confirmer : 2 reçus, 1 manquant').click();
    await page.getByRole('dialog', { name: '1 appareil manque' }).getByRole('button', { name: /^Confirmer/ }).click();
    await page.getByText('Manquant', { exact: true }).waitFor();
    expect(await findings(visit, 'delivered')).toEqual([]);

    await page.getByRole('link', { name: `En panne ? Signaler ${labels[0]}` }).click();
    expect(await page.getByRole('textbox', { name: 'Étiquette de l’appareil' }).inputValue()).toBe(labels[0]);
    await page.getByText('Il manque : ce qui ne va pas.').waitFor();
    await page.getByRole('combobox', { name: 'Ce qui ne va pas' }).selectOption('L’écran ne marche plus');
    await button(page, 'Signaler la panne').click();
    await page.getByText(`${labels[0]} est à rendre`).waitFor();
    await page.getByText('Son écran ne marche plus. À rendre à Lyon Gerland.').waitFor();
    await page.getByText('Il manquait à la livraison.').waitFor();
    expect(await findings(visit, 'returns')).toEqual([]);

    await page.goto(`/structure/needs/${needId}`);
    await button(page, 'Annuler ce besoin').click();
    await page.getByRole('dialog', { name: /^Renoncer à \d appareils/ }).getByRole('button', { name: 'Annuler ce besoin' }).click();
    await page.getByText('Annulé', { exact: true }).waitFor();
    await tab(page, 'Nos besoins');
    await heading(page, /^Terminés/, 2).waitFor();
    expect(await findings(visit, 'needs')).toEqual([]);
    await visit.close();
  }, LONG_MS);

  it('does the same in English at a desk: all of it taken, all of it there; what is another structure\'s is not there', async () => {
    const visit = await running().visit({ who: 'relay', language: 'en' });
    const { page } = visit;
    await page.getByRole('link', { name: 'New need' }).first().click();
    await page.getByRole('combobox', { name: 'Kind of device' }).selectOption('Laptop');
    await page.getByRole('textbox', { name: 'How many' }).fill('2');
    await page.getByRole('combobox', { name: 'For whom' }).selectOption('Families');
    await page.getByRole('radio', { name: /School or training/ }).check();
    await button(page, 'Least condition and highest price').click();
    await page.getByRole('combobox', { name: 'Least condition' }).selectOption('Good (grade B)');
    expect(await findings(visit, 'need-new')).toEqual([]);
    await button(page, 'Send the need').click();
    await heading(page, '2 laptops').waitFor();
    const needId = idIn(page);
    await others.allocate(needId);

    await tab(page, 'Allocations');
    await button(page, 'Accept all 2').waitFor();
    expect(await findings(visit, 'allocations')).toEqual([]);
    await button(page, 'Accept all 2').click();
    await page.getByText('Accepted', { exact: true }).waitFor();
    const { labels } = await others.send(needId, 2);
    await tab(page, 'Deliveries');
    await page.getByRole('link', { name: /2 devices · Lyon Gerland/ }).click();
    await button(page, 'All is here (2)').click();
    await page.getByText('2 of 2 here').waitFor();
    expect(await findings(visit, 'delivery')).toEqual([]);
    await button(page, 'Confirm: 2 received').click();
    await page.getByRole('link', { name: `Broken? Report ${labels[0]}` }).waitFor();
    await tab(page, 'Our needs');
    await page.getByRole('link', { name: '2 laptops' }).waitFor();
    expect(await findings(visit, 'needs')).toEqual([]);
    await tab(page, 'Faults and returns');
    await page.getByRole('textbox', { name: 'Label of the device' }).fill('LC-0000-0001');
    await page.getByRole('combobox', { name: 'What is wrong' }).selectOption('The battery no longer lasts');
    await button(page, 'Report the fault').click();
    await page.getByRole('alert').filter({ hasText: /valid label/ }).waitFor();
    expect(await findings(visit, 'returns')).toEqual([]);

    await page.goto(`/structure/needs/${theirs.need}`);
    await heading(page, 'There is no such need').waitFor();
    expect(await findings(visit, 'need-missing')).toEqual([]);
    await page.goto(`/structure/deliveries/${theirs.shipment}`);
    await heading(page, 'There is no such shipment').waitFor();
    expect(visit.complaints).toEqual([]);
    await visit.close();
  }, LONG_MS);

  it('keeps a need open that is confirmed', async () => {
    const visit = await running().visit({ who: 'structure', scheme: 'dark' });
    const { page } = visit;
    await page.getByRole('link', { name: 'Nouveau besoin' }).click();
    await page.getByRole('combobox', { name: 'Type d’appareil' }).selectOption('Tablette');
    await page.getByRole('textbox', { name: 'Combien' }).fill('4');
    await page.getByRole('combobox', { name: 'Pour qui' }).selectOption('Personnes âgées');
    await page.getByRole('radio', { name: /Confort/ }).check();
    await button(page, 'Ajouter un autre type').click();
    await page.getByText('Il manque : ligne 2 : le type d’appareil, ligne 2 : le nombre').waitFor();
    await button(page, 'Retirer la ligne 2').click();
    await button(page, 'Envoyer le besoin').click();
    await heading(page, '4 tablettes').waitFor();
    await button(page, 'Toujours nécessaire').click();
    await page.getByText('C’est noté : le besoin reste ouvert.').waitFor();
    expect(await findings(visit, 'need')).toEqual([]);
    await visit.close();
  });
});
