import { timingSafeEqual } from 'node:crypto';
import type { Pool } from '@lacollecte/database';
import { type Configuration, interactionPolicy, type KoaContextWithOIDC, type Adapter, type AdapterPayload, type Client, Provider } from 'oidc-provider';
import type { Account, Accounts } from './accounts.js';
import { PostgresAdapter } from './adapter.js';
import type { Keys } from './keys.js';
import { pageHeaders, submittedPageHeaders } from './pages/layout.js';
import { messagePage, signOutPage } from './pages/pages.js';
import { type Texts, textsFor } from './pages/texts.js';

/** The one thing that tokens are for; clients need not name it. */
const RESOURCE = 'urn:lacollecte';
/**
 * Ten minutes: services verify tokens by themselves and are not told when a person is disabled, so this is how long a
 * disabled person may still act. Programs refresh without anyone noticing.
 */
const ACCESS_SECONDS = 600;
/** A person signs in again after two weeks. */
const SESSION_SECONDS = 14 * 86_400;

/** Where the browser application returns to: paths beside our own, at whatever address the browser sees us, so that it need not be known before. */
export interface GatewayClient {
  readonly callback: string;
  readonly signedOut: string;
  /** Where somebody without an account asks to become one of its structures; a link leads there. */
  readonly apply?: string;
}

export interface ConfigurationInput {
  readonly issuer: string;
  readonly audience: string;
  readonly prefix: string;
  readonly pool: Pool;
  readonly accounts: Accounts;
  readonly keys: Keys;
  readonly gateway: GatewayClient | null;
}

function claimsOf(account: Account): Record<string, unknown> {
  const { roles, organisationId, siteIds } = account;
  return { roles, ...(organisationId === null ? {} : { organisation: organisationId }), sites: siteIds };
}

/** Programs are clients too; whether one exists is asked each time, so that a disabled one stops at once. */
function clientAdapter(accounts: Accounts, adapter: Adapter): Adapter {
  return Object.assign(adapter, {
    find: async (id: string): Promise<AdapterPayload | undefined> => {
      if (!(await accounts.findClient(id))) return undefined;
      return {
        client_id: id, client_secret: 'compared by compareSecret', token_endpoint_auth_method: 'client_secret_basic',
        grant_types: ['client_credentials'], response_types: [], redirect_uris: [],
      };
    },
  });
}

/** What the provider does not know of: secrets of programs are stored hashed, and the gateway is where we are. */
export function adaptClients(provider: Provider, accounts: Accounts, keys: Keys, gateway: GatewayClient | null): void {
  const { prototype } = provider.Client;
  const { redirectUriAllowed, postLogoutRedirectUriAllowed } = prototype;
  const beside = (path: string | undefined, uri: string): boolean => {
    const { protocol, host } = Provider.ctx!;
    return path !== undefined && uri === `${protocol}://${host}${path}`;
  };
  Object.assign(prototype, {
    async compareClientSecret(this: Client, secret: string): Promise<boolean> {
      if (this.clientId !== 'gateway') return accounts.authenticateClient(this.clientId, secret);
      const [actual, expected] = [Buffer.from(secret), Buffer.from(keys.gateway)];
      return actual.length === expected.length && timingSafeEqual(actual, expected);
    },
    redirectUriAllowed(this: Client, uri: string): boolean {
      return this.clientId === 'gateway' ? beside(gateway?.callback, uri) : redirectUriAllowed.call(this, uri);
    },
    postLogoutRedirectUriAllowed(this: Client, uri: string): boolean {
      return this.clientId === 'gateway' ? beside(gateway?.signedOut, uri) : postLogoutRedirectUriAllowed.call(this, uri);
    },
  });
}

/** Our own applications are trusted: nobody is asked to consent. Someone disabled meanwhile must sign in, and cannot. */
function policyFor(accounts: Accounts) {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  policy.get('login')!.checks.add(
    new interactionPolicy.Check('account_gone', 'the account is disabled', 'login_required', async ({ oidc }) => {
      const id = oidc.session?.accountId;
      return id !== undefined && (await accounts.findPerson(id)) === null;
    }),
  );
  return policy;
}

async function grantFor({ oidc }: KoaContextWithOIDC) {
  const { client, session } = oidc;
  const known = session!.grantIdFor(client!.clientId);
  const grant = known ? await oidc.provider.Grant.find(known) : undefined;
  if (grant) return grant;
  const fresh = new oidc.provider.Grant({ accountId: session!.accountId!, clientId: client!.clientId });
  fresh.addOIDCScope('openid profile email');
  await fresh.save();
  return fresh;
}

export function textsOf({ oidc, req }: KoaContextWithOIDC): Texts {
  return textsFor(oidc.params?.['ui_locales'] as string | undefined, req.headers['accept-language']);
}

function clientsOf({ issuer, keys, gateway }: ConfigurationInput): Configuration['clients'] {
  const common = { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code' as const] };
  return [
    // Command lines: a loopback address of any port receives the code (RFC 8252).
    { ...common, client_id: 'cli', application_type: 'native', token_endpoint_auth_method: 'none', redirect_uris: ['http://127.0.0.1/callback'] },
    ...(gateway === null ? [] : [{
      ...common, client_id: 'gateway', client_secret: keys.gateway, token_endpoint_auth_method: 'client_secret_basic' as const,
      redirect_uris: [new URL(gateway.callback, issuer).href], post_logout_redirect_uris: [new URL(gateway.signedOut, issuer).href],
    }]),
  ];
}

/** The provider's configuration: what is allowed is what is named here. */
export function configurationOf(input: ConfigurationInput): Configuration {
  const { accounts, keys, pool, prefix } = input;
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true } as const;
  return {
    adapter: (model: string) => {
      const adapter = new PostgresAdapter(model, pool);
      return model === 'Client' ? clientAdapter(accounts, adapter) : adapter;
    },
    clients: clientsOf(input),
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
    cookies: { keys: [keys.cookies], long: { ...cookie, path: prefix }, short: cookie },
    jwks: { keys: [keys.signing as never] },
    scopes: ['openid', 'profile', 'email'],
    claims: { openid: ['sub'], profile: ['name', 'roles', 'organisation', 'sites'], email: ['email'] },
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    pkce: { required: () => true },
    ttl: {
      AccessToken: ACCESS_SECONDS, ClientCredentials: ACCESS_SECONDS, IdToken: ACCESS_SECONDS, AuthorizationCode: 60, Interaction: 1800,
      Session: SESSION_SECONDS, Grant: SESSION_SECONDS, RefreshToken: SESSION_SECONDS,
    },
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    findAccount: async (_ctx, id) => {
      const account = await accounts.findPerson(id);
      return account ? { accountId: id, claims: async () => ({ sub: id, name: account.name, email: account.email, ...claimsOf(account) }) } : undefined;
    },
    loadExistingGrant: grantFor,
    extraTokenClaims: async (_ctx, token) => {
      if (token.kind === 'ClientCredentials') {
        const client = await accounts.findClient(token.clientId!);
        return { roles: client?.roles ?? [], sites: client?.siteIds ?? [] };
      }
      const account = await accounts.findPerson((token as unknown as { accountId: string }).accountId);
      return account ? claimsOf(account) : undefined;
    },
    interactions: { policy: policyFor(accounts), url: (_ctx, interaction) => `${prefix}/sign-in/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '', audience: input.audience, accessTokenFormat: 'jwt', accessTokenTTL: ACCESS_SECONDS, jwt: { sign: { alg: 'RS256' } },
        }),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx) => {
          const { session, entities } = ctx.oidc;
          // An application that knows this person's id token has asked them already.
          const asked = entities.IdTokenHint?.payload['sub'] === session?.accountId;
          const returnsTo = session?.state?.['postLogoutRedirectUri'] as string | undefined;
          ctx.set(asked ? submittedPageHeaders(returnsTo) : pageHeaders(returnsTo));
          ctx.body = signOutPage(textsOf(ctx), `${prefix}/session/end/confirm`, String(session?.state?.['secret']), asked);
        },
        postLogoutSuccessSource: (ctx) => {
          const t = textsOf(ctx);
          ctx.set(pageHeaders());
          ctx.body = messagePage(t, t.signedOut, t.signedOutHint);
        },
      },
    },
    renderError: (ctx, out) => {
      const t = textsOf(ctx);
      ctx.set(pageHeaders());
      ctx.body = messagePage(t, t.refused, t.refusedHint, out.error);
    },
  };
}
