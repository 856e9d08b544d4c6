import { Browser } from '../testing/browser.js';
import { CLAUDE, FrontDoor, PASSWORD, SACHA } from '../testing/front-door.js';

let front: FrontDoor;
let url: string;

beforeAll(async () => {
  front = await FrontDoor.start();
  url = await front.gateway();
});
afterAll(() => front.close());
beforeEach(() => {
  front.issuerAnswers = true;
});

const ENGLISH = { 'accept-language': 'en' };
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
const cookieOf = (browser: Browser) => browser.value('lacollecte-session');
const isOut = async (browser: Browser) => (await browser.send('/auth/me')).status === 401;
const signedIn = async (person = SACHA, home = url): Promise<Browser> => {
  const browser = new Browser(home);
  expect((await browser.signIn(person.email, PASSWORD)).response.status).toBe(200);
  return browser;
};
/** Where the issuer sends the browser back to, not yet followed. */
const callbackOf = async (browser: Browser): Promise<string> => {
  const started = await browser.send('/auth/sign-in');
  const location = (await browser.send(started.headers.get('location')!)).headers.get('location')!;
  const page = new URL(location, url);
  const token = /name="token" value="([^"]+)"/.exec(await (await browser.send(page.href)).text())![1]!;
  const answered = await browser.send(page.href, { method: 'POST', body: new URLSearchParams({ token, email: SACHA.email, password: PASSWORD }) });
  return (await browser.send(answered.headers.get('location')!)).headers.get('location')!;
};

describe('signing in', () => {
  it('goes through the issuer and ends where the person wanted to be; no token reaches the browser', async () => {
    const browser = new Browser(url);
    const nobody = await browser.send('/auth/me', { headers: ENGLISH });
    expect([nobody.status, await nobody.json()]).toEqual([401, expect.objectContaining({ code: 'unauthenticated', title: 'You must be signed in.' })]);
    const { url: end, text } = await browser.signIn(CLAUDE.email, PASSWORD, '/donor/lots?state=open#last');
    expect([end.href, text]).toEqual([`${url}/donor/lots?state=open#last`, 'console /donor/lots?state=open']);

    const me = await browser.send('/auth/me');
    expect(me.headers.get('cache-control')).toBe('no-store');
    const said = await me.json();
    expect(said).toEqual({ subject: CLAUDE.id, name: 'Claude', email: CLAUDE.email, roles: ['donor'], organisationId: CLAUDE.organisationId, siteIds: [], invitationPage: '/oidc/invitation', csrf: expect.stringMatching(/^[\w-]{43}$/) });
    expect(browser.given.filter((header) => header.startsWith('lacollecte-session='))).toEqual([expect.stringMatching(/^lacollecte-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1209600$/)]);
    expect([...browser.cookies.values()].filter(({ name }) => name.startsWith('lacollecte'))).toHaveLength(1);
    expect(JSON.stringify([said, browser.given])).not.toMatch(/eyJ[\w-]+\.eyJ/);
  });

  it('never leads to another host', async () => {
    expect((await new Browser(url).signIn(SACHA.email, PASSWORD, '//evil.test/')).url.href).toBe(`${url}/`);
  });

  it('asks the issuer for the language of the page, and for a password not older than a session may idle', async () => {
    const { location } = Object.fromEntries((await new Browser(url).send('/auth/sign-in?lang=en')).headers);
    expect(Object.fromEntries(new URL(location!).searchParams)).toMatchObject({ ui_locales: 'en', max_age: '28800', code_challenge_method: 'S256', redirect_uri: `${url}/auth/callback` });
  });

  it('works in several tabs at once, and keeps no more than five of them', async () => {
    const browser = new Browser(url);
    const tabs = [await browser.visit('/auth/sign-in?to=/one'), await browser.visit('/auth/sign-in?to=/two')];
    for (const [tab, path] of [[tabs[1], '/two'], [tabs[0], '/one']] as const) {
      const token = /name="token" value="([^"]+)"/.exec(tab!.text)![1]!;
      const { url: end } = await browser.visit(tab!.url.href, { method: 'POST', body: new URLSearchParams({ token, email: SACHA.email, password: PASSWORD }) });
      expect([end.pathname, await isOut(browser)]).toEqual([path, false]);
    }
    const many = new Browser(url);
    for (let tab = 0; tab < 9; tab += 1) await many.send('/auth/sign-in');
    expect([...many.cookies.values()].filter(({ name }) => name.startsWith('lacollecte-sign-in-'))).toHaveLength(5);
  });

  it('is refused with a state that this browser was not given, in both languages, to people as a page', async () => {
    const browser = new Browser(url);
    const callback = new URL(await callbackOf(browser));
    const stranger = new Browser(url);
    for (const [language, title] of [['en', 'Sign in again.'], ['fr', 'Connectez-vous à nouveau.']] as const) {
      const response = await stranger.send(callback.href, { headers: { 'accept-language': language } });
      expect([response.status, response.headers.get('content-type')]).toEqual([400, 'application/problem+json; charset=utf-8']);
      expect(await response.json()).toMatchObject({ code: 'sign-in-expired', title: expect.stringContaining(title), type: 'urn:lacollecte:problem:sign-in-expired' });
    }
    const page = await stranger.visit(callback.href);
    expect([page.response.status, page.text]).toEqual([400, expect.stringContaining('<a href="/auth/sign-in">Se connecter à nouveau</a>')]);
    // The same beginning, by which the cookie is found, is not the same state.
    const state = callback.searchParams.get('state')!;
    callback.searchParams.set('state', state.slice(0, -1) + (state.endsWith('A') ? 'B' : 'A'));
    expect(await codeOf(await browser.send(callback.href))).toBe('sign-in-expired');
    expect(cookieOf(browser)).toBeUndefined();
  });

  it('is refused a second time, and leaves the session of the first alone', async () => {
    const browser = new Browser(url);
    const callback = await callbackOf(browser);
    expect((await browser.send(callback)).status).toBe(303);
    const cookie = cookieOf(browser);
    expect(await codeOf(await browser.send(callback))).toBe('sign-in-expired');
    expect([cookieOf(browser), await isOut(browser)]).toEqual([cookie, false]);
  });

  it('is refused with a cookie that was changed, a code that is not the issuer\'s, or the issuer\'s own no', async () => {
    const browser = new Browser(url);
    const callback = new URL(await callbackOf(browser));
    const name = `lacollecte-sign-in-${callback.searchParams.get('state')!.slice(0, 16)}`;
    const kept = browser.value(name)!;
    for (const broken of ['x', Buffer.from('null').toString('base64url'), Buffer.from(JSON.stringify({ state: callback.searchParams.get('state') })).toString('base64url')]) {
      browser.set(name, broken);
      expect(await codeOf(await browser.send(callback.href))).toBe('sign-in-expired');
    }
    const other = { ...JSON.parse(Buffer.from(kept, 'base64url').toString()), verifier: 'w'.repeat(43) } as object;
    browser.set(name, Buffer.from(JSON.stringify(other)).toString('base64url'));
    expect(await codeOf(await browser.send(callback.href))).toBe('sign-in-refused');
    browser.set(name, kept);
    const no = new URL(callback);
    no.searchParams.delete('code');
    no.searchParams.set('error', 'access_denied');
    expect(await codeOf(await browser.send(no.href))).toBe('sign-in-refused');
    expect(cookieOf(browser)).toBeUndefined();
  });

  it('says so where the issuer does not answer, and works once it does', async () => {
    const home = await front.gateway();
    front.issuerAnswers = false;
    const response = await new Browser(home).send('/auth/sign-in');
    expect([response.status, response.headers.get('retry-after'), await codeOf(response)]).toEqual([503, '5', 'sign-in-unavailable']);
    front.issuerAnswers = true;
    expect((await new Browser(home).send('/auth/sign-in')).status).toBe(303);
  });

  it('happens at the public address, with cookies that belong to that host alone', async () => {
    const behind = await front.gateway({ publicUrl: 'https://lacollecte.example' });
    const moved = (await new Browser(behind).send('/auth/sign-in?to=/donor')).headers.get('location')!;
    expect(moved).toBe('https://lacollecte.example/auth/sign-in?to=%2Fdonor&here=');
    // What a proxy that names another host makes of it.
    const browser = new Browser(behind);
    const { location } = Object.fromEntries((await browser.send('/auth/sign-in?to=%2Fdonor&here=')).headers);
    expect(new URL(location!).searchParams.get('redirect_uri')).toBe('https://lacollecte.example/auth/callback');
    expect(browser.given).toEqual([expect.stringMatching(/^__Host-lacollecte-sign-in-[\w-]{16}=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=1800$/)]);
  });
});

describe('a session', () => {
  it('is its own each time: one that was put into the browser never becomes somebody\'s, and the one before is over', async () => {
    const browser = new Browser(url);
    const planted = 'A'.repeat(43);
    browser.set('lacollecte-session', planted);
    await browser.signIn(SACHA.email, PASSWORD);
    const first = cookieOf(browser)!;
    expect(first).not.toBe(planted);
    await browser.signIn(SACHA.email, PASSWORD);
    expect(cookieOf(browser)).not.toBe(first);
    for (const value of [planted, first]) {
      const other = new Browser(url);
      other.set('lacollecte-session', value);
      expect(await isOut(other)).toBe(true);
    }
  });

  it('is found by its whole cookie and by nothing else', async () => {
    const browser = await signedIn();
    const value = cookieOf(browser)!;
    const tampered = [value.slice(1), `${value}A`, (value.startsWith('A') ? 'B' : 'A') + value.slice(1), '', '%00', `${value}==`, value.toLowerCase()];
    for (const wrong of tampered) {
      const other = new Browser(url);
      other.set('lacollecte-session', wrong);
      expect([wrong, await isOut(other)]).toEqual([wrong, true]);
    }
    expect(await isOut(browser)).toBe(false);
  });

  it('is read from the database by nobody: neither cookie nor token nor name is in it', async () => {
    const browser = await signedIn();
    const [row] = await front.sessions.sql<{ id: Buffer; sealed: Buffer }>('select id, sealed from session order by created_at desc limit 1');
    const bytes = Buffer.concat([row!.id, row!.sealed]).toString('latin1');
    const secret = Buffer.from(cookieOf(browser)!, 'base64url').toString('latin1');
    for (const plain of [cookieOf(browser)!, secret, SACHA.name, SACHA.email, 'eyJ', 'accessToken']) expect(bytes).not.toContain(plain);
  });

  it('outlives the gateway, and is known to each of its processes', async () => {
    const home = await front.gateway();
    const browser = await signedIn(SACHA, home);
    await front.stopGateways();
    url = await front.gateway();
    const moved = new Browser(url);
    moved.set('lacollecte-session', cookieOf(browser)!);
    expect((await moved.me()).subject).toBe(SACHA.id);
  });

  it('ends after a while without a request, and is removed; a request keeps it, but for fourteen days at the most', async () => {
    const browser = await signedIn();
    const times = async () => (await front.sessions.sql<{ idle: number; most: number }>(`select extract(epoch from expires_at - now())::int as idle, extract(epoch from ends_at - now())::int as most from session`))[0]!;
    await front.sessions.sql(`delete from session where created_at < (select max(created_at) from session)`);
    expect(await times()).toEqual({ idle: expect.closeTo(28_800, -2), most: expect.closeTo(1_209_600, -2) });
    await front.sessions.sql(`update session set expires_at = now() + interval '10 minutes'`);
    await browser.me();
    expect((await times()).idle).toBeCloseTo(28_800, -2);
    await front.sessions.sql(`update session set ends_at = now() + interval '1 hour', expires_at = now() + interval '10 minutes'`);
    await browser.me();
    expect((await times()).idle).toBeCloseTo(3_600, -2);
    await front.sessions.sql(`update session set expires_at = now() - interval '1 second'`);
    expect(await isOut(browser)).toBe(true);
    const { removeExpiredSessions } = await import('./session-store.js');
    expect(await front.sessions.worker((tx) => removeExpiredSessions.run(tx))).toBe(1);
    expect(await front.sessions.sql('select 1 from session')).toEqual([]);
  });
});
