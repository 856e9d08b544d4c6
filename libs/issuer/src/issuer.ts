import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Pool } from '@lacollecte/database';
import type { JSONWebKeySet } from 'jose';
import { errors, Provider } from 'oidc-provider';
import type { Accounts } from './accounts.js';
import { Attempts } from './attempts.js';
import { adaptClients, configurationOf, type GatewayClient } from './configuration.js';
import { acceptInvitation } from './invitation-route.js';
import { loadKeys, publicKeys } from './keys.js';
import { sendPage } from './pages/layout.js';
import { type Demonstration, messagePage } from './pages/pages.js';
import { textsFor } from './pages/texts.js';
import { SignInRoute } from './sign-in-route.js';

export interface IssuerOptions {
  /**
   * Who signs the tokens (`iss`), e.g. `http://localhost:3000/oidc`: its path is where requests arrive. Must stay the same for
   * the life of an installation, whatever port it listens on; addresses in answers follow the request's own host.
   */
  readonly issuer: string;
  /** Who the tokens are for (`aud`). */
  readonly audience?: string;
  /** The directory's worker pool: sessions and keys are kept there. */
  readonly pool: Pool;
  readonly accounts: Accounts;
  /** Shows these accounts on the sign-in page and lets anyone in as one of them. */
  readonly demonstration?: Demonstration | null;
  readonly gateway?: GatewayClient | null;
  /** Gets what went wrong inside; nothing of it is shown. */
  readonly onError?: (error: unknown) => void;
}

export interface Issuer {
  readonly issuer: string;
  readonly audience: string;
  /** Public keys, for services in the same process. */
  readonly jwks: JSONWebKeySet;
  /** Credentials of the confidential client. */
  readonly gateway: { readonly clientId: 'gateway'; readonly clientSecret: string };
  /** Answers requests below the issuer's path. */
  handler(request: IncomingMessage, response: ServerResponse): void;
}

/** Starts the OpenID Connect issuer. It listens to nothing and runs nothing in the background by itself. */
export async function startIssuer(options: IssuerOptions): Promise<Issuer> {
  const { issuer, accounts, pool, audience = 'lacollecte', gateway = null, onError = () => undefined } = options;
  const { pathname, protocol } = new URL(issuer);
  const prefix = pathname.replace(/\/$/, '');
  const keys = await loadKeys(pool);
  const provider = new Provider(issuer, configurationOf({ issuer, audience, prefix, pool, accounts, keys, gateway }));
  adaptClients(provider, accounts, keys, gateway);
  // Behind TLS there is one proxy before us: the address it appended is the client's, those before it are hearsay.
  provider.proxy = protocol === 'https:';
  Object.assign(provider, { maxIpsCount: 1 });
  provider.on('server_error', (_ctx, error) => onError(error));

  const callback = provider.callback();
  const signIn = new SignInRoute({
    provider, accounts, prefix, attempts: new Attempts(), demonstration: options.demonstration ?? null, apply: options.gateway?.apply ?? null, formToken: formTokens(keys.cookies),
  });

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = request.url ?? '/';
    const path = url.split('?', 1)[0] ?? '/';
    if (path !== prefix && !path.startsWith(`${prefix}/`)) return void response.writeHead(404).end();
    if (path.startsWith(`${prefix}/sign-in/`)) return signIn.handle(request, response);
    if (path === `${prefix}/invitation`) return acceptInvitation(accounts, request, response);
    // The provider knows its routes without the path it is mounted at, and makes links from what the request was before.
    Object.assign(request, { originalUrl: url, url: url.slice(prefix.length) || '/' });
    await callback(request, response);
  };

  return {
    issuer,
    audience,
    jwks: publicKeys(keys),
    gateway: { clientId: 'gateway', clientSecret: keys.gateway },
    handler: (request, response) => {
      route(request, response).catch((error: unknown) => {
        const t = textsFor(null, request.headers['accept-language']);
        const expired = error instanceof errors.SessionNotFound;
        if (!expired) onError(error);
        if (response.headersSent) return void response.destroy();
        if (expired) sendPage(response, 400, messagePage(t, t.expired, t.expiredHint));
        else sendPage(response, 500, messagePage(t, t.refused, t.refusedHint, 'server_error'));
      });
    },
  };
}

/** Ties a form to the sign-in it belongs to: another site cannot know it. */
function formTokens(key: string) {
  const make = (uid: string) => createHmac('sha256', key).update(`form ${uid}`).digest('base64url');
  return {
    make,
    check: (uid: string, token: string): boolean => {
      const [actual, expected] = [Buffer.from(token), Buffer.from(make(uid))];
      return actual.length === expected.length && timingSafeEqual(actual, expected);
    },
  };
}
