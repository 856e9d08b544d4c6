import { Id, Role } from '@lacollecte/contracts';
import * as openid from 'openid-client';
import { z } from 'zod';
import type { IssuerAccess } from './issuer-access.js';
import { IDLE_SECONDS, ISSUER_TIMEOUT_SECONDS } from './limits.js';

const SCOPE = 'openid profile email';
const CLOCKS_APART_SECONDS = 30;
/** Where the issuer does not say how long a token lives. */
const TOKEN_SECONDS = 300;

/** What the issuer says of a person, in the words of the tokens that services verify. */
const Claims = z.object({
  sub: z.string().min(1),
  name: z.string().default(''),
  email: z.string().default(''),
  roles: z.array(z.string()).default([]).transform((names) => Role.options.filter((role) => names.includes(role))),
  organisation: Id.nullish(),
  sites: z.array(Id).default([]),
});

export interface Person {
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly organisationId: string | null;
  readonly siteIds: readonly string[];
}

/** What the issuer has given for one sign-in. */
export interface Grant {
  readonly person: Person;
  readonly accessToken: string;
  /** Milliseconds since 1970. */
  readonly accessEndsAt: number;
  /** Null where it gives none: then the sign-in lasts as long as the access token. */
  readonly refreshToken: string | null;
  readonly idToken: string;
}

/** What must come back to finish a sign-in. */
export interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The issuer has said no: `reason` is its code, or what is wrong with its answer. */
export class Refused extends Error {
  constructor(readonly reason: string) {
    super(`the issuer refuses: ${reason}`);
  }
}

/** Nothing was heard of the issuer, or nothing that says something of the person. */
export class IssuerUnavailable extends Error {}

/** The gateway as a client of OpenID Connect: authorisation code with PKCE. Nothing is asked of the issuer before somebody signs in. */
export class IssuerClient {
  #discovered: Promise<openid.Configuration> | undefined;

  constructor(private readonly access: IssuerAccess) {}

  /** Where a one-time link leads, `?token=…` of the directory; null where invitations are the other issuer's own. */
  get invitationPage(): string | null {
    return this.access.own ? `${new URL(this.access.issuer).pathname}/invitation` : null;
  }

  /** Where the browser goes to sign in. `callback`: where it comes back to. */
  async begin(callback: URL, language: string | null): Promise<{ url: URL; pending: Pending }> {
    const config = await this.#config();
    const pending = { state: openid.randomState(), nonce: openid.randomNonce(), verifier: openid.randomPKCECodeVerifier() };
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: callback.href, scope: SCOPE, state: pending.state, nonce: pending.nonce, max_age: String(IDLE_SECONDS),
      code_challenge: await openid.calculatePKCECodeChallenge(pending.verifier), code_challenge_method: 'S256', ...(language !== null && { ui_locales: language }),
    });
    return { url: this.#seenFrom(callback, url), pending };
  }

  /** @param callback as the browser asked for it, with what the issuer added @throws Refused, IssuerUnavailable */
  async finish(callback: URL, { state, nonce, verifier }: Pending): Promise<Grant> {
    const config = await this.#config();
    return grantOf(await answered(openid.authorizationCodeGrant(config, callback, { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, maxAge: IDLE_SECONDS, idTokenExpected: true })));
  }

  /** New tokens; the refresh token is used up by it. @throws Refused, IssuerUnavailable */
  async refresh(grant: Grant): Promise<Grant> {
    if (grant.refreshToken === null) throw new Refused('no refresh token');
    const config = await this.#config();
    return grantOf(await answered(openid.refreshTokenGrant(config, grant.refreshToken)), grant);
  }

  /** Makes the refresh token worthless, where the issuer offers that. @throws Refused, IssuerUnavailable */
  async revoke({ refreshToken }: Grant): Promise<void> {
    const config = await this.#config();
    if (refreshToken !== null && config.serverMetadata().revocation_endpoint !== undefined) await answered(openid.tokenRevocation(config, refreshToken, { token_type_hint: 'refresh_token' }));
  }

  /** Where the browser signs out of the issuer too, to come to `home` after it; null where the issuer offers no such thing. @throws IssuerUnavailable */
  async endSession({ idToken }: Grant, home: URL): Promise<URL | null> {
    const config = await this.#config();
    if (config.serverMetadata().end_session_endpoint === undefined) return null;
    return this.#seenFrom(home, openid.buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: home.href }));
  }

  /** Our own issuer's pages are at the address where the browser is. */
  #seenFrom(here: URL, url: URL): URL {
    return this.access.own ? new URL(url.pathname + url.search, here) : url;
  }

  /** Once it is known what the issuer offers, that is kept. */
  #config(): Promise<openid.Configuration> {
    const { issuer, clientId, clientSecret, fetch } = this.access;
    this.#discovered ??= answered(
      openid.discovery(new URL(issuer), clientId, { [openid.clockTolerance]: CLOCKS_APART_SECONDS }, openid.ClientSecretBasic(clientSecret), {
        [openid.customFetch]: fetch,
        timeout: ISSUER_TIMEOUT_SECONDS,
        // http within a process, a machine or a cluster: the addresses are from the operator's settings.
        execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks],
      }),
    ).catch((error: unknown) => {
      this.#discovered = undefined;
      throw error instanceof Refused ? new IssuerUnavailable(error.message) : error;
    });
    return this.#discovered;
  }
}

type Answer = openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers;

function grantOf(answer: Answer, before?: Grant): Grant {
  const claims = answer.claims();
  return {
    person: claims ? personOf(claims) : before!.person,
    accessToken: answer.access_token,
    accessEndsAt: Date.now() + (answer.expiresIn() ?? TOKEN_SECONDS) * 1_000,
    refreshToken: answer.refresh_token ?? before?.refreshToken ?? null,
    idToken: answer.id_token ?? before!.idToken,
  };
}

function personOf(claims: unknown): Person {
  const parsed = Claims.safeParse(claims);
  if (!parsed.success) throw new Refused('claims that are not ours');
  const { sub, name, email, roles, organisation, sites } = parsed.data;
  return { subject: sub, name, email, roles, organisationId: organisation ?? null, siteIds: sites };
}

/** What these say is of the sign-in; what else they may say (`invalid_client`, `server_error` …) is of the system. */
const NO = ['invalid_grant', 'access_denied', 'login_required', 'interaction_required', 'consent_required', 'account_selection_required'];

/** Errors hold requests and answers, and so secrets: nothing of them is kept but their code. */
async function answered<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof openid.AuthorizationResponseError || error instanceof openid.ResponseBodyError) {
      throw NO.includes(error.error) ? new Refused(error.error) : new IssuerUnavailable(`the issuer answers ${error.error}`);
    }
    const code = (error as { code?: unknown }).code;
    if (code === 'OAUTH_INVALID_RESPONSE' || code === 'OAUTH_JWT_CLAIM_COMPARISON_FAILED' || code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') throw new Refused(String(code));
    throw new IssuerUnavailable(`the issuer does not answer as it should: ${typeof code === 'string' ? code : (error as Error).name}`);
  }
}
