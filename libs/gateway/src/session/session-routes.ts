import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '@lacollecte/runtime';
import { notFound } from '../not-found.js';
import { Cookies } from './cookies.js';
import { checkOrigin } from './forgery.js';
import { type IssuerClient, type Pending, Refused } from './issuer-client.js';
import { LONGEST_SECONDS, SIGN_IN_SECONDS } from './limits.js';
import { answerProblem, type SessionProblem } from './problems.js';
import { returnTo } from './return-to.js';
import { Secret } from './secret.js';
import type { Sessions } from './sessions.js';

export const CALLBACK = '/auth/callback';
const SIGN_IN = '/auth/sign-in';
const LEAVE = '/auth/leave';
/** Tabs that are signing in at once; of more the oldest is forgotten, so that the cookies stay within what a request may carry. */
const MAX_UNDER_WAY = 5;

/** A sign-in under way, as its cookie keeps it. */
interface UnderWay extends Pending {
  readonly to: string;
  readonly at: number;
}

export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly cookies: Cookies;
}

/** What is below `/auth`. */
export class SessionRoutes {
  constructor(
    private readonly sessions: Sessions,
    private readonly issuer: IssuerClient,
    private readonly ended: (secret: Secret) => void,
    private readonly log: Log,
    /** Where people reach the gateway; null: where each request says. */
    private readonly publicUrl: URL | null,
  ) {}

  async handle(visit: Visit): Promise<void> {
    const route = `${visit.request.method} ${visit.url.pathname}`;
    if (route === `GET ${SIGN_IN}`) return this.#signIn(visit);
    if (route === `GET ${CALLBACK}`) return this.#callback(visit);
    if (route === 'GET /auth/me') return this.#me(visit);
    if (route === 'POST /auth/sign-out') return this.#signOut(visit);
    if (route === `GET ${LEAVE}`) return this.#leave(visit);
    notFound(visit.request, visit.response);
  }

  /** Kept in the browser alone until it comes back: a sign-in that is never finished costs nothing here, and any process can finish it. */
  async #signIn({ request, response, url, cookies }: Visit): Promise<void> {
    const { searchParams } = url;
    // The issuer comes back to the public address, where the cookie must be. Once: a proxy may change the host that we see.
    if (this.publicUrl && request.headers.host !== this.publicUrl.host && !searchParams.has('here')) {
      return redirect(response, new URL(`${SIGN_IN}?${new URLSearchParams([...searchParams, ['here', '']])}`, this.publicUrl).href);
    }
    const language = searchParams.get('lang');
    const { url: there, pending } = await this.issuer.begin(new URL(CALLBACK, url), language === 'fr' || language === 'en' ? language : null);
    const underWay: UnderWay = { ...pending, to: returnTo(searchParams.get('to')), at: Date.now() };
    const others = [...cookies.signIns].map(([key, value]) => ({ key, at: read(value)?.at ?? 0 })).toSorted((a, b) => b.at - a.at);
    for (const { key } of others.slice(MAX_UNDER_WAY - 1)) cookies.forgetSignIn(key);
    cookies.keepSignIn(keyOf(pending.state), Buffer.from(JSON.stringify(underWay)).toString('base64url'), SIGN_IN_SECONDS);
    redirect(response, there.href);
  }

  async #callback(visit: Visit): Promise<void> {
    const { response, url, cookies } = visit;
    const state = url.searchParams.get('state') ?? '';
    const kept = cookies.signIns.get(keyOf(state));
    const underWay = kept === undefined ? null : read(kept);
    if (!underWay || underWay.state !== state) return this.#refuse(visit, 'sign-in-expired', 'a state that this browser does not have');
    cookies.forgetSignIn(keyOf(state));
    try {
      const grant = await this.issuer.finish(url, underWay);
      const before = Secret.parse(cookies.session);
      if (before) await this.sessions.remove(before);
      const secret = await this.sessions.open(grant);
      cookies.keepSession(secret.value, LONGEST_SECONDS);
      redirect(response, returnTo(underWay.to));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#refuse(visit, 'sign-in-refused', error.reason);
    }
  }

  async #me({ request, response, cookies }: Visit): Promise<void> {
    const secret = Secret.parse(cookies.session);
    const grant = secret && (await this.sessions.resume(secret));
    if (!grant) return answerProblem(request, response, 'unauthenticated');
    sendJson(response, { ...grant.person, csrf: secret.csrf, invitationPage: this.issuer.invitationPage });
  }

  async #signOut({ request, response, cookies }: Visit): Promise<void> {
    const secret = Secret.parse(cookies.session);
    const grant = secret && (await this.sessions.find(secret));
    if (!grant) return answerProblem(request, response, 'unauthenticated');
    const forged = checkOrigin(request, secret);
    if (forged) return answerProblem(request, response, forged);
    await this.sessions.end(secret, grant);
    this.ended(secret);
    sendJson(response, { to: LEAVE });
  }

  /** On to the issuer, to sign out there: it is shown the id token, which the page never sees. */
  async #leave({ response, url, cookies }: Visit): Promise<void> {
    const secret = Secret.parse(cookies.session);
    const grant = secret && (await this.sessions.take(secret));
    if (!grant) return redirect(response, '/');
    cookies.forgetSession();
    const there = await this.issuer.endSession(grant, new URL('/', url)).catch((error: Error) => void this.log.warn({ reason: error.message }, 'signed out here, and not at the issuer'));
    redirect(response, there?.href ?? '/');
  }

  #refuse({ request, response }: Visit, code: SessionProblem, reason: string): void {
    this.log.info({ reason }, 'a sign-in did not come to its end');
    answerProblem(request, response, code);
  }
}

function keyOf(state: string): string {
  return state.slice(0, 16);
}

/** Null where the browser sends something else than it was given. */
function read(kept: string): UnderWay | null {
  try {
    const value = JSON.parse(Buffer.from(kept, 'base64url').toString('utf8')) as Partial<UnderWay> | null;
    return typeof value?.state === 'string' && typeof value.nonce === 'string' && typeof value.verifier === 'string' && typeof value.to === 'string' ? (value as UnderWay) : null;
  } catch {
    return null;
  }
}

function sendJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).end(JSON.stringify(body));
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).end();
}
