import { html } from './html.js';
import { fromElsewhere, pageHeaders } from './layout.js';
import { signInPage } from './pages.js';
import { textsFor } from './texts.js';

describe('texts', () => {
  it.each([
    [null, undefined, 'fr'], [null, 'de-DE,en;q=0.8', 'en'], [null, 'fr-FR,en;q=0.8', 'fr'], ['en', 'fr-FR', 'en'], ['fr-CA en', 'en', 'fr'], ['xx', 'en', 'fr'],
  ])('chosen %s, browser %s: %s', (chosen, browser, language) => {
    expect(textsFor(chosen, browser).language).toBe(language);
  });
});

describe('pages', () => {
  const t = textsFor('fr', undefined);
  const page = { token: 'T', email: '"><script>alert(1)</script>', error: t.wrong, demonstration: null, apply: null, otherLanguage: '?lang=en' };

  it('escape what people typed', () => {
    expect(html`<p title="${`"'<&>`}">`.text).toBe('<p title="&quot;&#39;&lt;&amp;&gt;">');
    expect(signInPage(t, page)).not.toContain('<script');
  });

  it('label every field, announce the error and ask nothing of another host', () => {
    const body = signInPage(t, page);
    for (const [, id] of body.matchAll(/<input id="(\w+)"/g)) expect(body).toContain(`<label for="${id}">`);
    expect(body).toContain('role="alert"');
    expect(body).toContain('<html lang="fr">');
    expect(body).not.toMatch(/https?:|src=|<link|<script|@import|url\(/);
  });

  it('lead who has no account to where one applies, where there is such a page', () => {
    expect(signInPage(t, page)).not.toContain(t.apply);
    expect(signInPage(t, { ...page, apply: '/apply' })).toContain(`<a href="/apply">${t.apply}</a>`);
  });

  it('offer demonstration accounts only where there are any', () => {
    expect(signInPage(t, page)).not.toContain(t.demonstration);
    const accounts = [{ email: 'donor@demo.test', name: 'Camille', roles: ['donor' as const] }];
    expect(signInPage(t, { ...page, demonstration: { password: 'x', accounts } })).toContain('value="donor@demo.test"');
  });

  it('let a form lead to this site and to the application people return to, nowhere else', () => {
    expect(pageHeaders('http://127.0.0.1:4711/callback')['content-security-policy']).toContain("form-action 'self' http://127.0.0.1:4711;");
    expect(pageHeaders('x; script-src *')['content-security-policy']).toContain("form-action 'self';");
  });

  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, false], [{ 'sec-fetch-site': 'cross-site' }, true], [{ 'sec-fetch-site': 'same-site' }, true],
    [{ origin: 'http://evil.test', host: 'localhost:3000' }, true], [{ origin: 'http://localhost:3000', host: 'localhost:3000' }, false],
    [{ origin: 'null', host: 'localhost:3000' }, true], [{ host: 'localhost:3000' }, false],
  ])('a form sent with %j comes from elsewhere: %s', (headers, elsewhere) => {
    expect(fromElsewhere({ headers } as never)).toBe(elsewhere);
  });
});
