import { randomBytes } from 'node:crypto';
import { type Pool, NO_CAUSE, SYSTEM } from '@lacollecte/database';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose';

/** Made once and kept, so that tokens and sessions outlive a restart. */
export interface Keys {
  /** Private; signs tokens (RS256). */
  readonly signing: JWK;
  readonly cookies: string;
  /** Secret of the confidential client `gateway`. */
  readonly gateway: string;
}

async function newSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true, modulusLength: 2048 });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'RS256', use: 'sig' };
}

/** The stored keys; the first process to start makes them, and of two at once both get the same. */
export async function loadKeys(pool: Pool): Promise<Keys> {
  const read = () => pool.transaction(SYSTEM, NO_CAUSE, (tx) => tx.query<{ name: string; value: unknown }>('select name, value from issuer_key'));
  let rows = await read();
  if (rows.length === 0) {
    const fresh = { signing: await newSigningKey(), cookies: randomBytes(32).toString('base64url'), gateway: randomBytes(32).toString('base64url') };
    await pool.transaction(SYSTEM, NO_CAUSE, (tx) =>
      tx.execute('insert into issuer_key (name, value) select key, value from jsonb_each($1) on conflict do nothing', [JSON.stringify(fresh)]),
    );
    rows = await read();
  }
  return Object.fromEntries(rows.map((row) => [row.name, row.value])) as unknown as Keys;
}

/** What services verify tokens with. */
export function publicKeys({ signing: { kty, n, e, kid, alg, use } }: Keys): JSONWebKeySet {
  return { keys: [{ kty, n, e, kid, alg, use }] };
}
