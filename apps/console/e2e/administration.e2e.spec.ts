import { expectSound, JOURNEY_MS, register, WAYS, wordsOf } from '../fixtures/administration.js';
import { inBrowser } from '../fixtures/test-console.js';

const PASSWORD = 'une phrase de passe';
const SHELL = {
  fr: { home: 'Revenir à l’accueil', missing: 'Rien à cette adresse', account: /^Compte de/, out: 'Se déconnecter', menu: 'Ouvrir le menu', workspaces: 'Espaces de travail', both: ['Coordination', 'Administration', 'Exploitation'] },
  en: { home: 'Back to the start', missing: 'Nothing at this address', account: /^Account of/, out: 'Sign out', menu: 'Open the menu', workspaces: 'Workspaces', both: ['Coordination', 'Administration', 'Operations'] },
};

inBrowser('people and organisations', (running) => {
  it.each(WAYS)('somebody is invited, comes in by the link, and has the workspaces of both roles ($language, $size)', async (way) => {
    const t = wordsOf(way.language);
    const visit = await running().visit({ who: 'admin', ...way });
    const { page } = visit;
    await page.getByRole('row', { name: /Sacha Atelier/ }).waitFor();
    await expectSound(visit, 'people');
    await page.getByRole('link', { name: t.invite.action }).click();
    await page.getByRole('heading', { level: 1, name: t.invite.title }).waitFor();

    const send = page.getByRole('button', { name: t.invite.send });
    const email = page.getByRole('textbox', { name: t.people.email });
    await send.click();
    await page.getByText(t.refused.email).waitFor();
    await page.getByText(t.refused.roles).waitFor();
    expect(await page.locator(':focus').getAttribute('aria-invalid')).toBe('true');
    await expectSound(visit, 'invitation-refused');
    await page.getByRole('textbox', { name: t.people.name }).fill('Dominique Double');
    await email.fill('admin@demo.lacollecte.tech');
    await page.getByRole('checkbox', { name: t.roles.coordinator }).check();
    await page.getByRole('checkbox', { name: t.roles.admin }).check();
    await send.click();
    await page.getByText({ fr: 'Cette adresse est déjà utilisée.', en: 'This e-mail address is already in use.' }[way.language]).first().waitFor();
    expect(await email.getAttribute('aria-invalid')).toBe('true');
    const address = `double-${way.language}@example.org`;
    await email.fill(address);
    await send.click();
    const link = await page.getByRole('textbox', { name: t.invitation.link }).inputValue();
    await expectSound(visit, 'invitation');
    await visit.close();

    const theirs = await running().visit({ who: null, ...way, path: link });
    await theirs.page.locator('input[name="password"]').fill(PASSWORD);
    await theirs.page.locator('form button').first().click();
    await theirs.page.locator('h1').waitFor();
    await theirs.page.goto('/');
    await theirs.page.locator('input[name="email"]').fill(address);
    await theirs.page.locator('input[name="password"]').fill(PASSWORD);
    await theirs.page.locator('input[name="password"]').press('Enter');
    const shell = SHELL[way.language];
    await theirs.page.waitForURL('**/coordination/inbox');
    const openMenu = async () => {
      if (way.size === 'phone') await theirs.page.getByRole('button', { name: shell.menu }).click();
    };
    await openMenu();
    const menu = theirs.page.getByRole('navigation', { name: shell.workspaces });
    await menu.getByRole('link').first().waitFor();
    expect(await menu.getByRole('link').allInnerTexts()).toEqual(shell.both);
    await menu.getByRole('link', { name: shell.both[1]!, exact: true }).click();
    await theirs.page.getByRole('heading', { level: 1, name: t.nav.people }).waitFor();
    await theirs.page.goto('/administration/nowhere');
    await theirs.page.getByRole('heading', { level: 1, name: shell.missing }).waitFor();
    await expectSound(theirs, 'missing');
    await theirs.page.getByRole('link', { name: shell.home }).click();
    await theirs.page.waitForURL('**/coordination/inbox');
    await theirs.page.getByRole('button', { name: shell.account }).click();
    await theirs.page.getByRole('button', { name: shell.out }).click();
    await theirs.page.waitForURL((url) => !url.pathname.startsWith('/coordination'));
    await theirs.page.goto('/');
    await theirs.page.locator('input[name="password"]').waitFor();
    expect(theirs.complaints).toEqual([]);
    await theirs.close();
  }, JOURNEY_MS);

  it.each(WAYS)('an account is changed, closed, opened again and erased, each after its consequence was said ($language, $size)', async (way) => {
    const t = wordsOf(way.language);
    const visit = await running().visit({ who: 'admin', ...way, path: '/administration/people/invitation' });
    const { page } = visit;
    const name = `Passage ${way.language}`;
    await page.getByRole('textbox', { name: t.people.name }).fill(name);
    await page.getByRole('textbox', { name: t.people.email }).fill(`passage-${way.language}@example.org`);
    await page.getByRole('checkbox', { name: t.roles.operator }).check();
    await page.getByRole('button', { name: t.invite.send }).click();
    await page.getByText(t.refused.sites).waitFor();
    await page.getByRole('checkbox', { name: 'Lyon Gerland' }).check();
    await page.getByRole('button', { name: t.invite.send }).click();
    await page.getByRole('link', { name: t.invite.see.replace('{{name}}', name) }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await expectSound(visit, 'person');

    await page.getByRole('checkbox', { name: t.roles.coordinator }).check();
    await page.getByRole('button', { name: t.form.save, exact: true }).click();
    await page.getByText(t.form.saved).waitFor();
    const decide = async (label: string, question: string, then: string) => {
      await page.getByRole('button', { name: label, exact: true }).click();
      const window = page.getByRole('dialog', { name: question.replace('{{name}}', name) });
      await window.getByText(then).waitFor();
      await window.getByRole('button', { name: label, exact: true }).click();
      await window.waitFor({ state: 'detached' });
    };
    await decide(t.access.withdraw, t.access.withdrawAsk, t.access.withdrawThen);
    await page.getByText(t.access.disabled).waitFor();
    await decide(t.access.open, t.access.openAsk, t.access.openThen);
    await page.getByRole('button', { name: t.access.newLink }).click();
    await page.getByRole('textbox', { name: t.invitation.link }).waitFor();
    await decide(t.access.erase, t.access.eraseAsk, t.access.eraseThen);
    await page.getByRole('heading', { level: 1, name: t.people.erased }).waitFor();
    await page.getByText(t.person.erasedText).waitFor();
    await expectSound(visit, 'person-erased');
    await visit.close();
  }, JOURNEY_MS);

  it.each(WAYS)('a program gets an account whose secret is shown once ($language, $size)', async (way) => {
    const t = wordsOf(way.language);
    const visit = await running().visit({ who: 'admin', ...way, path: '/administration/people/programs' });
    const { page } = visit;
    await page.getByRole('heading', { level: 2, name: 'Banc d\'effacement, Lyon' }).waitFor();
    await page.getByRole('button', { name: t.programs.create }).click();
    const window = page.getByRole('dialog');
    await window.getByRole('textbox', { name: t.people.name }).fill(`Export ${way.language}`);
    await expectSound(visit, 'program-new');
    await window.getByRole('button', { name: t.programs.create }).click();
    expect(await page.getByRole('textbox', { name: t.programs.secret }).inputValue()).toHaveLength(43);
    await page.getByRole('heading', { level: 2, name: `Export ${way.language}` }).waitFor();
    await window.waitFor({ state: 'detached' });
    await expectSound(visit, 'programs');
    await visit.close();
  }, JOURNEY_MS);

  it.each(WAYS)('a structure is approved on terms, suspended for a reason and let in again; a donor is refused ($language, $size)', async (way) => {
    const t = wordsOf(way.language);
    const structure = `Les Lilas ${way.language}`;
    const donor = `Sans suite ${way.language}`;
    await register(running(), 'structure', structure);
    await register(running(), 'donor', donor);
    const visit = await running().visit({ who: 'admin', ...way, path: '/administration/organisations' });
    const { page } = visit;
    await page.getByRole('button', { name: /attendent? une réponse|waits? for an answer/ }).click();
    await expectSound(visit, 'organisations');
    const open = async (name: string) => {
      await page.getByRole('link', { name: t.nav.organisations }).click();
      await page.getByRole('searchbox', { name: t.organisations.search }).fill(name);
      await page.getByRole('row', { name: new RegExp(name) }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
    };
    const dialog = page.getByRole('dialog');
    const decide = async (label: string, fill: () => Promise<void>) => {
      await page.getByRole('button', { name: label, exact: true }).click();
      await dialog.waitFor();
      await fill();
      await dialog.getByRole('button', { name: label, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    await open(structure);
    await expectSound(visit, 'organisation-waiting');
    await decide(t.organisation.approve, () => dialog.getByRole('textbox', { name: t.organisation.quotaField }).fill('12'));
    await page.getByText(t.organisation.devices_other.replace('{{count, number}}', '12')).waitFor();
    await page.getByRole('button', { name: t.organisation.suspend, exact: true }).click();
    await dialog.getByRole('button', { name: t.organisation.suspend, exact: true }).click();
    await dialog.getByText(t.refused.reason).waitFor();
    await expectSound(visit, 'organisation-suspend');
    await dialog.getByRole('textbox', { name: t.organisation.reason }).fill('Ne répond plus');
    await dialog.getByRole('button', { name: t.organisation.suspend, exact: true }).click();
    await page.getByText('Ne répond plus').waitFor();
    await decide(t.organisation.resume, async () => undefined);
    await page.getByText(t.decisions.approved).waitFor();
    await decide(t.organisation.renew, () => dialog.getByRole('textbox', { name: t.organisation.quotaField }).fill('30'));
    await page.getByText(t.organisation.devices_other.replace('{{count, number}}', '30')).waitFor();
    await page.getByRole('button', { name: t.organisation.correct }).click();
    await dialog.getByRole('textbox', { name: t.organisations.siren }).fill('123456789');
    await dialog.getByRole('button', { name: t.organisation.correct }).click();
    await dialog.getByText(t.reasons['bad-siren']).first().waitFor();
    expect(await dialog.getByRole('textbox', { name: t.organisations.siren }).getAttribute('aria-invalid')).toBe('true');
    await page.keyboard.press('Escape');

    await open(donor);
    await decide(t.organisation.decline, () => dialog.getByRole('textbox', { name: t.organisation.reason }).fill('Hors de notre objet'));
    await page.getByText('Hors de notre objet').waitFor();
    await expectSound(visit, 'organisation-declined');
    await visit.close();
  }, JOURNEY_MS);

  it.each(WAYS)('a list of structures is imported, and what is refused is said in words ($language, $size)', async (way) => {
    const t = wordsOf(way.language);
    const visit = await running().visit({ who: 'admin', ...way, path: '/administration/organisations/import' });
    const { page } = visit;
    await page.getByRole('button', { name: t.import.send }).click();
    await page.getByText(t.refused.file).waitFor();
    const rows = ['Référence;Nom;Adresse;Code postal;Ville;Personnes accompagnées', `${way.language}-1;Une;1 rue A;59000;Lille;10`, `${way.language}-2;Deux;1 rue A;zip;Lille;`];
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: t.import.choose }).click();
    await (await chooser).setFiles({ name: 'structures.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
    await page.getByRole('button', { name: t.import.send }).click();
    await page.getByText(t.import.taken_one.replace('{{count, number}}', '1')).waitFor();
    await page.getByRole('row', { name: new RegExp(`3 ${t.columns.postalCode} zip ${t.reasons['bad-postal-code']}`) }).waitFor();
    await page.getByRole('row', { name: new RegExp(t.reasons['people-served-required']) }).waitFor();
    await expectSound(visit, 'import');
    await visit.close();
  }, JOURNEY_MS);
});
