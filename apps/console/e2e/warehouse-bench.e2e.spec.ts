import { onTheBench, sheetOf } from '../fixtures/bench.js';
import { ApiPerson } from '../fixtures/person.js';
import { inBrowser } from '../fixtures/test-console.js';

const LANGUAGES = {
  fr: {
    diagnosis: 'Diagnostic', cpuMark: 'Score CPU Mark', memory: 'Mémoire (Go)', addDrive: 'Ajouter un disque', size: 'Taille (Go)', serial: 'Numéro de série du disque', diagnose: 'Enregistrer le diagnostic', draft: 'Brouillon gardé', startOver: 'Recommencer',
    missing: /^Il manque : .*la taille du disque 1/, tool: 'Outil', erase: 'Enregistrer l’effacement', works: 'Tout le reste fonctionne', battery: 'Santé de la batterie (%)', system: /: précision$/, test: 'Enregistrer le test', grade: 'Donner la catégorie',
    ready: 'Terminé ici : à ranger en stock.', sheet: 'Fiche', model: 'Modèle', correct: 'Corriger la fiche', conflict: 'Quelqu’un a corrigé cette fiche entre-temps', keep: 'Continuer avec ma saisie', corrected: 'Fiche corrigée', bench: 'Poste', recorded: 'Enregistré',
  },
  en: {
    diagnosis: 'Diagnosis', cpuMark: 'CPU Mark score', memory: 'Memory (GB)', addDrive: 'Add a drive', size: 'Size (GB)', serial: 'Serial number of the drive', diagnose: 'Record the diagnosis', draft: 'Draft kept', startOver: 'Start over',
    missing: /^Missing: .*the size of drive 1/, tool: 'Tool', erase: 'Record the erasure', works: 'All the rest works', battery: 'Battery health (%)', system: /: which$/, test: 'Record the test', grade: 'Give the grade',
    ready: 'Done here: put it into stock.', sheet: 'Sheet', model: 'Model', correct: 'Correct the sheet', conflict: 'Somebody corrected this sheet meanwhile', keep: 'Go on with mine', corrected: 'Sheet corrected', bench: 'Bench', recorded: 'Recorded',
  },
} as const;

/** Every page is examined for accessibility, which takes long where much else runs. */
const TEST_MS = 300_000;

inBrowser('the benches', (running) => {
  it.each([{ language: 'fr', size: 'desktop' }, { language: 'en', size: 'phone' }] as const)('a laptop goes from the queue through every form to its grade ($language, $size)', async (options) => {
    const said = LANGUAGES[options.language];
    const { url } = running().system;
    const [label, other] = await onTheBench(url, `Portables ${options.language}`, 'laptop', 3) as [string, string, string];
    const operator = await ApiPerson.signIn(url, 'operator');
    await operator.call('POST', `/refurbishment/devices/${other}/steps`, { body: { step: 'block', reason: 'bios-password', note: null } });
    const visit = await running().visit({ who: 'operator', path: '/warehouse/queue', ...options });
    const { page } = visit;
    await page.getByRole('link', { name: label }).waitFor();
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot('warehouse-queue');

    await page.getByRole('link', { name: label }).click();
    await page.getByLabel(said.cpuMark).fill('6100');
    await page.getByRole('button', { name: said.addDrive }).click();
    await page.getByText(said.missing).waitFor();
    expect(await page.getByRole('button', { name: said.diagnose }).isDisabled()).toBe(true);
    // What was typed outlives the page.
    await page.reload();
    await page.getByText(said.draft).waitFor();
    expect(await page.getByLabel(said.cpuMark).inputValue()).toBe('6100');
    await page.getByLabel(said.memory).fill('8');
    await page.getByLabel(said.size).fill('256');
    await page.getByRole('group').getByLabel(said.serial).fill(`S4XN-${label}`);
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot('warehouse-device-diagnosis');
    await page.getByRole('button', { name: said.diagnose }).click();

    await page.getByLabel(said.tool, { exact: true }).waitFor();
    expect(await sheetOf(operator, label)).toMatchObject({ next: 'erasure', drives: [{ serial: `S4XN-${label}` }] });
    expect(await visit.accessibility()).toEqual([]);
    await visit.screenshot('warehouse-device-erasure');
    await page.getByRole('button', { name: said.erase }).click();

    await page.getByRole('button', { name: said.works }).click();
    await page.getByLabel(said.battery).fill('87');
    await page.getByRole('textbox', { name: said.system }).fill('Linux Mint 22');
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot('warehouse-device-test');
    await page.getByRole('button', { name: said.test }).click();

    await page.getByRole('button', { name: said.grade }).waitFor();
    expect(await visit.accessibility()).toEqual([]);
    await visit.screenshot('warehouse-device-grade');
    await page.getByRole('button', { name: said.grade }).click();
    await page.getByText(said.ready).waitFor();
    expect(await sheetOf(operator, label)).toMatchObject({ state: 'ready', next: null });
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot('warehouse-device-ready');

    // Two correct the same sheet: nobody's words are lost.
    await page.getByRole('tab', { name: said.sheet }).click();
    await page.getByLabel(said.model).fill('Latitude 5490 (rayures)');
    const { id, version } = await operator.call<{ id: string; version: number }>('GET', `/refurbishment/devices/${label}`);
    expect((await operator.send('PATCH', `/refurbishment/devices/${id}`, { version, body: { model: 'Latitude 5490' } })).status).toBe(200);
    await page.getByRole('button', { name: said.correct }).click();
    await page.getByText(said.conflict).waitFor();
    expect(await page.getByRole('table').allInnerTexts()).toEqual([expect.stringMatching(/rayures.*Latitude 5490/)]);
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot('warehouse-device-conflict');
    await page.getByRole('button', { name: said.keep }).click();
    await page.getByRole('button', { name: said.correct }).click();
    await page.getByRole('status').filter({ hasText: said.corrected }).waitFor();
    expect(await sheetOf(operator, label)).toMatchObject({ model: 'Latitude 5490 (rayures)' });
    expect(visit.complaints).toEqual([]);
    await visit.close();
  }, TEST_MS);
});
