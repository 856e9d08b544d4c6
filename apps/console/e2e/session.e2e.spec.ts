import { inBrowser } from '../fixtures/test-console.js';
import type { VisitOptions } from '../fixtures/visit.js';

const TITLES = {
  donor: ['Nos dons', 'Our gifts'], operator: ['Poste', 'Station'], coordinator: ['À décider', 'To decide'], structure: ['Nos besoins', 'Our needs'], ops: ['Flux', 'Flow'], admin: ['Personnes', 'People'],
} as const;
const LANDS = { donor: '/donor/lots', operator: '/warehouse/station', coordinator: '/coordination/inbox', structure: '/structure/needs', ops: '/operations/flow', admin: '/administration/people' } as const;

inBrowser('signing in', (running) => {
  const visits: (VisitOptions & { who: keyof typeof LANDS })[] = [
    { who: 'donor' }, { who: 'operator', size: 'phone' }, { who: 'coordinator', scheme: 'dark' }, { who: 'structure', size: 'phone', scheme: 'dark', language: 'en' }, { who: 'ops', language: 'en' },
    { who: 'admin', size: 'phone' },
  ];

  it.each(visits)('leads $who to the page they came for, in their language, and out again', async (options) => {
    const visit = await running().visit(options);
    const { page } = visit;
    const mine = visit.options.language === 'fr' ? 0 : 1;
    const theirs = mine === 0 ? 1 : 0;
    const heading = (language: 0 | 1) => page.getByRole('heading', { level: 1, name: TITLES[options.who][language], exact: true });

    await heading(mine).waitFor();
    expect(new URL(page.url()).pathname).toBe(LANDS[options.who]);
    await page.waitForLoadState('networkidle');
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot(LANDS[options.who].slice(1).replaceAll('/', '-'));

    await page.getByRole('radio', { name: ['FR', 'EN'][theirs]! }).locator('..').click();
    await heading(theirs).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(['fr', 'en'][theirs]);
    await page.reload();
    await heading(theirs).waitFor();

    await page.getByRole('button', { name: /^(Compte de|Account of) / }).click();
    await page.getByRole('button', { name: /^(Se déconnecter|Sign out)$/ }).click();
    // Signed out one is led to `/`, which lets nobody in, and so to the sign-in page.
    await page.locator('input[name="password"]').waitFor();
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });
});
