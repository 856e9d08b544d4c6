import { inBrowser } from '../fixtures/test-console.js';

inBrowser('the frame', (running) => {
  it('leads back to where one wanted to go before signing in, search included', async () => {
    const { page, ...visit } = await running().visit({ who: 'admin', path: '/administration/people?q=Entrep%C3%B4t' });
    await page.getByRole('row', { name: /Alix Entrepôt/ }).waitFor();
    expect(page.url()).toContain('/administration/people?q=Entrep%C3%B4t');
    expect(await page.getByRole('searchbox').inputValue()).toBe('Entrepôt');
    expect(await page.getByRole('row').count()).toBe(3);
    await visit.context.close();
  });

  it('is used by keyboard alone: past the menu, into the search, down the rows', async () => {
    const visit = await running().visit({ who: 'admin' });
    const { page } = visit;
    await page.getByRole('row', { name: /Sacha Atelier/ }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Aller au contenu');
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').getAttribute('id')).toBe('main');

    const grid = page.getByRole('grid');
    await grid.focus();
    const on = async () => page.locator(`[id="${await grid.getAttribute('aria-activedescendant')}"]`).innerText();
    await page.keyboard.press('End');
    expect(await on()).toContain('Andrea Administration');
    await page.keyboard.press('ArrowUp');
    expect(await on()).toContain('Morgan Exploitation');

    await page.keyboard.press('/');
    expect(await page.getByRole('searchbox').evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type('Sacha');
    await page.keyboard.press('Enter');
    await page.getByText('Comptes qui répondent à « Sacha ».').waitFor();
    await page.getByRole('row', { name: /Andrea/ }).waitFor({ state: 'detached' });
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });

  it('keeps the columns that somebody has chosen', async () => {
    const visit = await running().visit({ who: 'admin' });
    const { page } = visit;
    const heads = page.getByRole('columnheader');
    await heads.nth(3).waitFor();
    expect(await heads.allInnerTexts()).toEqual(['Nom', 'Adresse', 'Rôles', 'État']);
    await page.getByRole('button', { name: 'Colonnes' }).click();
    await page.getByRole('checkbox', { name: 'Adresse' }).uncheck();
    expect(await visit.accessibility()).toEqual([]);
    await page.reload();
    await heads.nth(2).waitFor();
    expect(await heads.allInnerTexts()).toEqual(['Nom', 'Rôles', 'État']);
    await visit.close();
  });

  it.each([['/administration/people', 'Cet espace n’est pas le vôtre', 'not-yours'], ['/nowhere', 'Rien à cette adresse', 'missing']])('says at %s in words what is the matter', async (path, title, name) => {
    const visit = await running().visit({ who: 'donor', path });
    await visit.page.getByRole('heading', { level: 1, name: title }).waitFor();
    expect(await visit.accessibility()).toEqual([]);
    expect(visit.complaints).toEqual([]);
    await visit.screenshot(name);
    await visit.close();
  });

  it('keeps the page and what was typed when the session ends, and goes on after a sign-in in another tab', async () => {
    const visit = await running().visit({ who: 'admin' });
    const { page, context } = visit;
    await page.getByRole('row', { name: /Sacha Atelier/ }).waitFor();
    await context.clearCookies();
    await page.getByRole('searchbox').fill('Sacha');
    await page.keyboard.press('Enter');
    const notice = page.getByRole('alert').filter({ hasText: 'Votre session est terminée' });
    await notice.waitFor();
    expect(await visit.accessibility()).toEqual([]);
    await visit.screenshot('session-ended');

    const [tab] = await Promise.all([context.waitForEvent('page'), notice.getByRole('link', { name: 'Se reconnecter' }).click()]);
    await tab.locator('button[name="account"][value="admin@demo.lacollecte.tech"]').click();
    await tab.getByRole('heading', { level: 1, name: 'Vous êtes reconnecté' }).waitFor();
    await tab.close();
    await notice.waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /Sacha Atelier/ }).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('Sacha');
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });

  it('says that there is no network, and when it is back', async () => {
    const visit = await running().visit({ who: 'admin', size: 'phone' });
    const { page, context } = visit;
    const line = page.locator('header [role="status"]');
    await page.getByRole('row', { name: /Sacha Atelier/ }).waitFor();
    expect(await line.innerText()).toBe('Connecté.');
    await context.setOffline(true);
    await page.getByText('Pas de réseau. La page reprend dès qu’il revient.').waitFor();
    expect(await visit.accessibility()).toEqual([]);
    await visit.screenshot('offline');
    await context.setOffline(false);
    await page.getByText('Connecté.').waitFor({ state: 'attached' });
    await visit.close();
  });
});
