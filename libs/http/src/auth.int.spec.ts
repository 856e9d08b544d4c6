import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Actor } from '@lacollecte/database';
import { actor, testIssuer } from '@lacollecte/testing';
import { exportJWK, exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { type NotesService, startNotes } from './testing/notes-service.js';

const DONOR = actor('donor', { subject: 'a-donor' });
let notes: NotesService;
beforeAll(async () => {
  notes = await startNotes();
});
afterAll(() => notes.close());

const withToken = (token: string, path = 'mine') => notes.send('GET', path, { headers: { authorization: `Bearer ${token}` } });

describe('who asks', () => {
  it('is whom the token names, and nobody without one', async () => {
    expect(await notes.send('GET', 'mine', { who: DONOR })).toMatchObject({ status: 200, body: { subject: 'a-donor' } });
    expect(await notes.send('GET', 'open')).toMatchObject({ status: 200, body: { subject: 'visitor' } });
    expect(await notes.send('GET', 'open', { who: DONOR })).toMatchObject({ body: { subject: 'a-donor' } });
    const refused = await notes.send('GET', 'mine');
    expect(refused).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(refused.headers['www-authenticate']).toBe('Bearer error="invalid_request"');
  });

  it('a token that is expired says so; everything else about it is only invalid', async () => {
    const expired = await withToken(await notes.issuer.token(DONOR, { expiresIn: -60 }));
    expect(expired).toMatchObject({ status: 401, body: { code: 'token-expired' } });
    expect(expired.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
    const good = await notes.issuer.token(DONOR);
    const [header, payload, signature] = good.split('.') as [string, string, string];
    const forged = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), roles: ['admin'] })).toString('base64url');
    const bad: Record<string, string> = {
      'another audience': await notes.issuer.token(DONOR, { audience: 'elsewhere' }),
      'another issuer': await (await testIssuer()).token(DONOR),
      'a changed payload': [header, forged, signature].join('.'),
      'no signature': `${header}.${payload}.`,
      'not a token': 'abc',
    };
    for (const [what, token] of Object.entries(bad)) expect({ what, answer: await withToken(token) }).toMatchObject({ what, answer: { status: 401, body: { code: 'token-invalid' } } });
    // Even where anybody may ask: who says who they are must prove it.
    expect(await withToken('abc', 'open')).toMatchObject({ status: 401, body: { code: 'token-invalid' } });
    for (const authorization of ['Basic YTpi', 'Bearer', 'Bearer a b', good]) {
      expect(await notes.send('GET', 'mine', { headers: { authorization } })).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    }
  });

  it('a token cannot choose how it is verified: not unsigned, not with the public key as a secret', async () => {
    const claims = { roles: ['admin'], sites: [] };
    const { issuer, audience, jwks } = notes.issuer.auth;
    const unsigned = new UnsecuredJWT(claims).setSubject('x').setIssuer(issuer).setAudience(audience).setExpirationTime('1h').encode();
    const pem = await exportSPKI((await importJWK(jwks.keys[0]!, 'ES256', { extractable: true })) as Parameters<typeof exportSPKI>[0]);
    const bySecret = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'test' }).setSubject('x').setIssuer(issuer).setAudience(audience).setExpirationTime('1h').sign(Buffer.from(pem));
    for (const token of [unsigned, bySecret]) expect(await withToken(token)).toMatchObject({ status: 401 });
  });

  it('a token needs an end and a subject', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const other = await startNotes({ jwks: { keys: [await exportJWK(publicKey)] } });
    const signed = (jwt: SignJWT): Promise<string> => jwt.setProtectedHeader({ alg: 'ES256' }).setIssuer(other.issuer.auth.issuer).setAudience(other.issuer.auth.audience).sign(privateKey);
    const ask = (token: string) => other.send('GET', 'mine', { headers: { authorization: `Bearer ${token}` } });
    try {
      expect(await ask(await signed(new SignJWT({}).setSubject('x').setExpirationTime('1h')))).toMatchObject({ status: 200 });
      expect(await ask(await signed(new SignJWT({}).setSubject('x')))).toMatchObject({ status: 401, body: { code: 'token-invalid' } });
      expect(await ask(await signed(new SignJWT({}).setExpirationTime('1h')))).toMatchObject({ status: 401, body: { code: 'token-invalid' } });
      expect(await ask(await signed(new SignJWT({ sites: ['not-an-id'] }).setSubject('x').setExpirationTime('1h')))).toMatchObject({ status: 401, body: { code: 'token-invalid' } });
      // An issuer may have roles of its own.
      expect(await ask(await signed(new SignJWT({ roles: ['offline_access'] }).setSubject('x').setExpirationTime('1h')))).toMatchObject({ status: 200 });
    } finally {
      await other.close();
    }
  });

  it('an issuer out of reach is no fault of the token: try again', async () => {
    let answer = 500;
    const keys = createServer((_, response) => response.writeHead(answer, { 'content-type': 'application/json' }).end(JSON.stringify(notes.issuer.auth.jwks)));
    await new Promise<void>((done) => void keys.listen(0, '127.0.0.1', done));
    const url = new URL(`http://127.0.0.1:${(keys.address() as AddressInfo).port}/jwks`);
    const remote = await startNotes({ jwks: url });
    const ask = async (): Promise<unknown> =>
      remote.send('GET', 'mine', { headers: { authorization: `Bearer ${await notes.issuer.token(DONOR)}` } });
    try {
      expect(await ask()).toMatchObject({ status: 503, body: { code: 'try-again' }, headers: { 'retry-after': '2' } });
      answer = 200;
      expect(await ask()).toMatchObject({ status: 200 });
      keys.closeAllConnections();
      await new Promise<void>((done) => void keys.close(() => done()));
      // The keys are kept.
      expect(await ask()).toMatchObject({ status: 200 });
    } finally {
      keys.close();
      await remote.close();
    }
  });
});

describe('who may', () => {
  const as = (who: Actor, path: string) => notes.send('GET', path, { who });

  it('is what the route says: another role is refused', async () => {
    expect(await as(actor('coordinator'), 'notes')).toMatchObject({ status: 200 });
    expect(await as(actor(['structure', 'donor']), 'notes')).toMatchObject({ status: 200 });
    expect(await as(actor('structure'), 'notes')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await as(actor([]), 'notes')).toMatchObject({ status: 403 });
    expect(await as(actor([]), 'mine')).toMatchObject({ status: 200 });
  });

  it('a route that names nobody, or has no rule, refuses everyone', async () => {
    const everything = actor(['donor', 'coordinator', 'operator', 'structure', 'relay', 'ops', 'admin', 'service']);
    expect(await as(everything, 'nobody')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const forgotten = await as(everything, 'forgotten');
    expect(forgotten).toMatchObject({ status: 403, body: { code: 'no-rule' } });
    expect(forgotten.text).not.toContain('hunter2');
  });
});
