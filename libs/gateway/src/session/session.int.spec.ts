import { eventually } from '@lacollecte/testing';
import { Browser } from '../testing/browser.js';
import { CLAUDE, FrontDoor, PASSWORD, SACHA } from '../testing/front-door.js';
import { Secret } from './secret.js';

interface Told {
  readonly subject: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly code?: string;
}

let front: FrontDoor;
let url: string;
/** Another process of the same gateway. */
let replica: string;

beforeAll(async () => {
  front = await FrontDoor.start();
  [url, replica] = [await front.gateway(), await front.gateway()];
});
afterAll(() => front.close());
beforeEach(() => {
  front.issuerAnswers = true;
  front.disabled.clear();
});

const signedIn = async (person = SACHA, home = url): Promise<Browser> => {
  const browser = new Browser(home);
  expect((await browser.signIn(person.email, PASSWORD)).response.status).toBe(200);
  return browser;
};
/** The same person's browser, before another process. */
const at = (home: string, { cookies }: Browser): Browser => {
  const other = new Browser(home);
  for (const { name, value } of cookies.values()) if (name === 'lacollecte-session') other.set(name, value);
  return other;
};
const told = async (response: Response) => (await response.json()) as Told;
const codeOf = async (response: Response) => [response.status, (await told(response)).code];
const due = () => front.sessions.sql(`update session set refresh_at = now() - interval '1 second'`);
/** As time does it. */
const tokenEnds = async (browser: Browser) => {
  const secret = Secret.parse(browser.value('lacollecte-session'))!;
  const [row] = await front.sessions.sql<{ sealed: Buffer }>('select sealed from session where id = $1', [secret.id]);
  await front.sessions.sql('update session set sealed = $2 where id = $1', [secret.id, secret.seal({ ...secret.open(row!.sealed), accessEndsAt: Date.now() - 1 })]);
};
const tokenOf = async (browser: Browser) => (await told(await browser.send('/api/intake/x'))).headers['authorization']!;

describe('a request to a service', () => {
  it.each(['intake', 'matching'])('goes on with the token of the session and without its cookie: %s', async (service) => {
    const browser = await signedIn();
    browser.set('theme', 'dark=1');
    const { subject, headers } = await told(await browser.send(`/api/${service}/lots`));
    expect([subject, headers['cookie']]).toEqual([SACHA.id, 'theme=dark=1']);
    expect(headers['authorization']).toMatch(/^Bearer eyJ/);
    const sent = await browser.change(`/api/${service}/lots`, { body: 'éà'.repeat(50_000) });
    expect([sent.status, (await told(sent)).body]).toEqual([200, 'éà'.repeat(50_000)]);
  });

  it('keeps the Authorization of a program, whatever cookie comes with it', async () => {
    const browser = await signedIn();
    const token = await tokenOf(await signedIn(CLAUDE));
    const answer = await told(await browser.send('/api/matching/needs', { method: 'POST', headers: { authorization: token } }));
    expect([answer.subject, answer.headers['authorization'], answer.headers['cookie']]).toEqual([CLAUDE.id, token, undefined]);
    expect(await codeOf(await browser.send('/api/intake/x', { headers: { authorization: 'Bearer wrong' } }))).toEqual([401, 'token-invalid']);
  });

  it('is that of nobody without a session, and with a cookie that is none', async () => {
    const browser = new Browser(url);
    expect(await codeOf(await browser.send('/api/intake/x'))).toEqual([401, 'unauthenticated']);
    for (const cookie of ['B'.repeat(43), 'x']) {
      browser.set('lacollecte-session', cookie);
      const response = await browser.send('/api/matching/x', { method: 'POST' });
      // It might be answered after another tab has signed in again.
      expect(response.headers.getSetCookie()).toEqual([]);
      const answer = await told(response);
      expect([response.status, answer.code, answer.headers['authorization'], answer.headers['cookie']]).toEqual([401, 'unauthenticated', undefined, undefined]);
    }
  });

  it('that changes something must carry the token of its own session, in both languages', async () => {
    const [browser, other] = [await signedIn(), await signedIn(CLAUDE)];
    const { csrf } = await browser.me();
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      for (const headers of [{}, { 'x-csrf-token': (await other.me()).csrf }, { 'x-csrf-token': `${csrf}x` }] as Record<string, string>[]) {
        const response = await browser.send('/api/intake/lots', { method, headers: { ...headers, 'accept-language': 'en' } });
        expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
        expect([response.status, await response.json()]).toEqual([403, expect.objectContaining({ code: 'csrf', title: expect.stringContaining('Load the page again') })]);
      }
      expect((await browser.send('/api/intake/lots', { method, headers: { 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin' } })).status).toBe(200);
    }
    expect((await told(await browser.send('/api/intake/lots', { method: 'POST', headers: { 'accept-language': 'fr' } })) as unknown as { title: string }).title).toContain('Rechargez la page');
    for (const site of ['cross-site', 'same-site', 'none']) {
      expect(await codeOf(await browser.send('/api/intake/lots', { method: 'POST', headers: { 'x-csrf-token': csrf, 'sec-fetch-site': site } }))).toEqual([403, 'cross-site']);
      expect((await browser.send('/api/intake/lots', { headers: { 'sec-fetch-site': site } })).status).toBe(200);
    }
  });

  it('may stay open and be sent what happens', async () => {
    for (const service of ['intake', 'matching']) {
      const browser = await signedIn();
      const stream = await browser.send(`/api/${service}/stream`, { headers: { accept: 'text/event-stream' } });
      const reader = stream.body!.getReader();
      expect([stream.headers.get('content-type'), new TextDecoder().decode((await reader.read()).value)]).toEqual(['text/event-stream', 'data: first\n\n']);
      // Signing out cuts it off.
      await browser.change('/auth/sign-out');
      await expect(reader.read()).rejects.toThrow('terminated');
    }
  });
});

describe('a token', () => {
  it('is replaced before it ends: once, whatever number of requests and processes ask for it', async () => {
    const browser = await signedIn();
    const before = await tokenOf(browser);
    await due();
    front.tokenRequests = 0;
    const homes = [at(url, browser), at(replica, browser)];
    const tokens = await Promise.all(Array.from({ length: 20 }, (_, n) => tokenOf(homes[n % 2]!)));
    expect([front.tokenRequests, new Set(tokens).size, tokens.includes(before)]).toEqual([1, 1, false]);
    await due();
    expect(await tokenOf(browser)).not.toBe(tokens[0]);
    expect((await browser.me()).subject).toBe(SACHA.id);
  });

  it('that the issuer does not renew ends the session', async () => {
    for (const path of ['/auth/me', '/api/intake/lots', '/api/matching/lots']) {
      const [{ before }] = (await front.sessions.sql<{ before: Date }>('select now() as before')) as [{ before: Date }];
      const browser = await signedIn();
      await front.directory.sql(`delete from issuer_record where model = 'RefreshToken'`);
      await due();
      expect(await codeOf(await browser.send(path))).toEqual([401, 'unauthenticated']);
      expect(await front.sessions.sql('select 1 from session where created_at > $1', [before])).toEqual([]);
    }
  });

  it('is not renewed for a person who was disabled', async () => {
    const browser = await signedIn(CLAUDE);
    front.disabled.add(CLAUDE.id);
    expect((await browser.me()).subject).toBe(CLAUDE.id);
    await due();
    expect(await codeOf(await browser.send('/api/intake/lots'))).toEqual([401, 'unauthenticated']);
    expect((await browser.signIn(CLAUDE.email, PASSWORD)).response.status).toBe(401);
  });

  it('is used to its end while the issuer does not answer; the session is still there once it does', async () => {
    const browser = await signedIn();
    const before = await tokenOf(browser);
    await due();
    front.issuerAnswers = false;
    expect(await tokenOf(browser)).toBe(before);
    await tokenEnds(browser);
    const response = await browser.send('/api/intake/lots');
    expect([response.headers.get('retry-after'), ...(await codeOf(response))]).toEqual(['5', 503, 'sign-in-unavailable']);
    front.issuerAnswers = true;
    expect(await tokenOf(browser)).not.toBe(before);
  });
});

describe('signing out', () => {
  it('ends the session at once and everywhere, and then that at the issuer', async () => {
    const refreshTokens = async () => (await front.directory.sql(`select 1 from issuer_record where model = 'RefreshToken'`)).length;
    const browser = await signedIn();
    const before = await refreshTokens();
    const elsewhere = at(replica, browser);
    const forged = await browser.send('/auth/sign-out', { method: 'POST' });
    expect(await codeOf(forged)).toEqual([403, 'csrf']);
    expect((await elsewhere.send('/auth/me')).status).toBe(200);
    const answer = await browser.change('/auth/sign-out');
    const { to } = (await answer.json()) as { to: string };
    expect([answer.status, to]).toEqual([200, '/auth/leave']);
    expect((await elsewhere.send('/auth/me')).status).toBe(401);
    expect(await codeOf(await at(url, elsewhere).send('/api/intake/x'))).toEqual([401, 'unauthenticated']);
    expect(await refreshTokens()).toBe(before - 1);

    const left = await browser.send(to);
    const issuer = new URL(left.headers.get('location')!);
    expect(issuer.origin + issuer.pathname).toBe(`${url}/oidc/session/end`);
    expect(browser.value('lacollecte-session')).toBeUndefined();
    const page = await browser.send(issuer.href);
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'sha256-[\w+/=]+'$/);
    const asked = await page.text();
    expect(asked).toContain("<script>document.querySelector('button').click()</script>");
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked)![1]!;
    const end = await browser.visit('/oidc/session/end/confirm', { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
    expect(end.url.href).toBe(`${url}/`);
    expect((await browser.visit('/auth/sign-in')).text).toContain('name="password"');
  });

  it('can be followed to the issuer once, whatever other tabs ask meanwhile', async () => {
    const browser = await signedIn();
    expect((await at(url, browser).send('/auth/leave')).headers.get('location')).toBe('/');
    expect((await browser.send('/auth/me')).status).toBe(200);
    const tab = at(url, browser);
    await browser.change('/auth/sign-out');
    expect((await tab.send('/auth/me')).status).toBe(401);
    expect(await codeOf(await tab.send('/api/matching/x'))).toEqual([401, 'unauthenticated']);
    const copy = at(url, tab);
    expect((await tab.send('/auth/leave')).headers.get('location')).toContain('id_token_hint=');
    expect((await copy.send('/auth/leave')).headers.get('location')).toBe('/');
    expect(await codeOf(await copy.send('/auth/sign-out', { method: 'POST' }))).toEqual([401, 'unauthenticated']);
  });

  it('works while the issuer does not answer', async () => {
    const browser = await signedIn();
    await due();
    const { csrf } = await browser.me();
    await due();
    await tokenEnds(browser);
    front.issuerAnswers = false;
    expect((await browser.send('/auth/sign-out', { method: 'POST', headers: { 'x-csrf-token': csrf } })).status).toBe(200);
    front.issuerAnswers = true;
    expect((await browser.send('/auth/me')).status).toBe(401);
  });
});

it('answers nothing else below /auth', async () => {
  const browser = await signedIn();
  for (const [method, path] of [['GET', '/auth'], ['GET', '/auth/sign-out'], ['POST', '/auth/me'], ['POST', '/auth/sign-in'], ['GET', '/auth/x']] as const) {
    expect([path, ...(await codeOf(await browser.send(path, { method })))]).toEqual([path, 404, 'not-found']);
  }
});

it('logs neither cookies nor tokens', async () => {
  await eventually(async () => expect(front.log).toContain('a session has ended'), { what: 'something was logged' });
  expect(front.log).not.toMatch(/eyJ|lacollecte-session|set-cookie|refresh_token/);
  const rows = await front.sessions.sql<{ id: Buffer }>('select id from session');
  for (const { id } of rows) expect(front.log).not.toContain(id.toString('base64'));
});
