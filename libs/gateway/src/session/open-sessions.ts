import type { IncomingMessage, ServerResponse } from 'node:http';
import { isTransient, type Pool } from '@lacollecte/database';
import { commonProblems } from '@lacollecte/http';
import { type Log, Sweeper } from '@lacollecte/runtime';
import { sendProblem } from '../problem.js';
import { Cookies, stripCookies } from './cookies.js';
import { checkOrigin } from './forgery.js';
import type { IssuerAccess } from './issuer-access.js';
import { IssuerClient, IssuerUnavailable } from './issuer-client.js';
import { answerProblem } from './problems.js';
import { Secret } from './secret.js';
import { SessionRoutes, type Visit } from './session-routes.js';
import { removeExpiredSessions, SessionStore } from './session-store.js';
import { Sessions } from './sessions.js';

export interface SessionOptions {
  /** Of the gateway's own database. */
  readonly pool: Pool;
  readonly issuer: IssuerAccess;
  /** Where people reach the gateway, `https://lacollecte.example`; null: at http and the host that each request names, which only our own issuer accepts. */
  readonly publicUrl: string | null;
  readonly log: Log;
}

/** People signed in with a browser: what the front door needs of it. */
export interface BrowserSessions {
  /** Answers below `/auth`. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Passes on a request to a service: the cookie stays here, and its session's token goes instead. One with an `Authorization` of its own keeps it. */
  admit(request: IncomingMessage, response: ServerResponse, pass: () => void): void;
  close(): Promise<void>;
}

export function openSessions({ pool, issuer: access, publicUrl, log }: SessionOptions): BrowserSessions {
  const issuer = new IssuerClient(access);
  const sessions = new Sessions(new SessionStore(pool), issuer, log);
  const answers = new OpenAnswers();
  const home = publicUrl === null ? null : new URL(publicUrl);
  const routes = new SessionRoutes(sessions, issuer, (secret) => answers.end(secret), log, home);
  const sweeper = new Sweeper(pool, [removeExpiredSessions], log);
  sweeper.start();

  const visitOf = (request: IncomingMessage, response: ServerResponse): Visit => {
    const address = home ?? addressOf(request);
    return { request, response, url: new URL(request.url ?? '/', address), cookies: new Cookies(request, response, address) };
  };

  const admit = async ({ request, response, cookies }: Visit, pass: () => void): Promise<void> => {
    stripCookies(request);
    if (cookies.session === undefined || request.headers.authorization !== undefined) return pass();
    const secret = Secret.parse(cookies.session);
    const grant = secret && (await sessions.resume(secret));
    if (response.destroyed) return;
    // As if there were no cookie: some routes are for everybody.
    if (!grant) return pass();
    const forged = checkOrigin(request, secret);
    if (forged) return answerProblem(request, response, forged);
    request.headers.authorization = `Bearer ${grant.accessToken}`;
    answers.add(secret, response);
    pass();
  };

  const guarded = ({ request, response }: Visit, work: Promise<void>): void => {
    work.catch((err: Error) => {
      if (err instanceof IssuerUnavailable) log.warn({ reason: err.message }, 'signing in is not possible for now');
      else log.error({ err }, 'a session could not be used');
      if (response.headersSent) return void response.destroy();
      if (err instanceof IssuerUnavailable) return answerProblem(request, response, 'sign-in-unavailable');
      const code = isTransient(err) ? 'try-again' : 'internal';
      sendProblem(request, response, code, commonProblems[code], isTransient(err) ? { 'retry-after': '2' } : {});
    });
  };

  return {
    handle: (request, response) => {
      const visit = visitOf(request, response);
      guarded(visit, routes.handle(visit));
    },
    admit: (request, response, pass) => {
      const visit = visitOf(request, response);
      guarded(visit, admit(visit, pass));
    },
    close: () => sweeper.stop(),
  };
}

/** What a request says of the host; whoever writes nonsense there gets it back. */
function addressOf({ headers: { host } }: IncomingMessage): URL {
  const named = `http://${host}`;
  return new URL(URL.canParse(named) ? new URL(named).origin : 'http://localhost');
}

/** Answers under way, by session: streams, that would outlive the sign-out. */
class OpenAnswers {
  readonly #bySession = new Map<string, Set<ServerResponse>>();

  add({ id }: Secret, response: ServerResponse): void {
    const key = id.toString('base64');
    const all = this.#bySession.get(key) ?? new Set();
    this.#bySession.set(key, all.add(response));
    response.once('close', () => {
      all.delete(response);
      if (all.size === 0) this.#bySession.delete(key);
    });
  }

  end({ id }: Secret): void {
    for (const response of this.#bySession.get(id.toString('base64')) ?? []) response.destroy();
  }
}
