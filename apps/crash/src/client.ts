import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '@lacollecte/contracts';
import type { Actor } from '@lacollecte/database';
import { v7 } from 'uuid';
import type { Issuer } from './issuer.js';

/** An answer that says no, and why. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    what: string,
  ) {
    super(`${what}: ${status} ${code}`);
  }
}

/** What must still be there after any crash, because somebody was told that it is. */
export interface Claim {
  readonly what: string;
  /** Looks by GET; gives what is wrong. */
  readonly prove: () => Promise<string | undefined>;
}

export interface Ask {
  readonly body?: object;
  /** An upload. */
  readonly file?: string;
  /** For what asks for If-Match. */
  readonly version?: number;
}

/** What is looked at of answers: each has some of it. */
export interface Answer {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly title: string;
  readonly label: string;
  readonly labels: readonly string[];
  readonly serial: string | null;
  readonly accepted: number;
  readonly refused: number;
  readonly received: number;
  readonly quantity: number;
  readonly bin: string | null;
  readonly siteId: string;
  readonly organisationId: string;
  readonly deviceId: string;
  readonly needId: string;
  readonly roundId: string;
  readonly allocationId: string;
  readonly shipmentId: string;
  readonly parcelId: string;
  readonly itemIds: readonly string[];
  readonly history: readonly { step: string }[];
  readonly lines: readonly { reason: string; asked: number; open: number; allocated: number; shipped: number; delivered: number }[];
  readonly toPick: readonly Answer[];
  readonly parcels: readonly (Answer & { seal: string | null; devices: number })[];
  readonly devices: readonly Answer[];
  readonly items: readonly Answer[];
  readonly next: string | null;
}

const PATIENCE_MS = 90_000;
/** Claims that are proved at a time. */
const PROVERS = 6;

/** Whom to ask, and who vouches for those who do. */
export interface Addressee {
  readonly issuer: Issuer;
  url(service: ServiceName): string;
}

/** Somebody who writes down what was answered. A request without an answer is asked again, under the same key. */
export class Client {
  /** Commands answered with success; of these, asked more than once because no answer came; refused ones; those whose outcome nobody learnt. */
  readonly counts = { answered: 0, askedAgain: 0, refused: 0, unknown: 0 };
  readonly claims: Claim[] = [];
  /** What lists show, while claims are proved. */
  #lists: Map<string, Promise<Answer[]>> | null = null;

  /** @param patienceMs how long something may take that must happen */
  constructor(
    private readonly system: Addressee,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  async get(who: Actor, path: string): Promise<Answer> {
    return (await this.#send(who, 'GET', path, {})).answer;
  }

  async post(who: Actor, path: string, ask: Ask = {}): Promise<Answer> {
    const { answer, again } = await this.#send(who, 'POST', path, { ...ask, key: v7() });
    this.counts.answered++;
    if (again) this.counts.askedAgain++;
    return answer;
  }

  /** Asks once, and does not insist: null where no answer came, so that nobody knows whether it was done. @throws Refused */
  async tryOnce(who: Actor, path: string, ask: Ask = {}): Promise<Answer | null> {
    const { status, text } = await answerTo(this.#url(path), await this.#request(who, 'POST', { ...ask, key: v7() }));
    if (status >= 500) {
      this.counts.unknown++;
      return null;
    }
    if (status >= 300) throw this.#refusal(status, text, `POST ${path}`);
    this.counts.answered++;
    return JSON.parse(text || '{}') as Answer;
  }

  #url(path: string): string {
    const [service, ...rest] = path.split('/');
    return `${this.system.url(service as ServiceName)}/${rest.join('/')}`;
  }

  async #request(who: Actor, method: string, ask: Ask & { key?: string }): Promise<RequestInit> {
    const headers = {
      authorization: `Bearer ${await this.system.issuer.token(who)}`, 'content-type': ask.file === undefined ? 'application/json' : 'text/csv',
      ...(ask.key === undefined ? {} : { 'idempotency-key': ask.key }), ...(ask.version === undefined ? {} : { 'if-match': `"${ask.version}"` }),
    };
    return { method, headers, body: method === 'GET' ? undefined : (ask.file ?? JSON.stringify(ask.body ?? {})) };
  }

  #refusal(status: number, text: string, what: string): Refused {
    if (what.startsWith('POST')) this.counts.refused++;
    return new Refused(status, codeOf(text), what);
  }

  /** What was answered is kept to be proved. */
  claim(what: string, prove: Claim['prove']): void {
    this.claims.push({ what, prove });
  }

  async #send(who: Actor, method: string, path: string, ask: Ask & { key?: string }): Promise<{ answer: Answer; again: boolean }> {
    const [url, request] = [this.#url(path), await this.#request(who, method, ask)];
    let again = false;
    for (const deadline = Date.now() + this.patienceMs; ; await sleep(100)) {
      const { status, text } = await answerTo(url, request);
      if (status >= 200 && status < 300) return { answer: JSON.parse(text || '{}') as Answer, again };
      if (status < 500) {
        // What is not here yet will arrive; anything else that is refused stays so.
        if (codeOf(text) !== 'not-here-yet') throw this.#refusal(status, text, `${method} ${path}`);
      } else again = true;
      if (Date.now() > deadline) throw new Error(`${method} ${path}: no answer within ${this.patienceMs / 1000} s, the last: ${status} ${text}`);
    }
  }

  /** Repeats `look` until it gives something. @throws Error naming `what` */
  async until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
    for (const deadline = Date.now() + this.patienceMs; ; await sleep(150)) {
      const found = await look().catch((error: unknown) => {
        if (error instanceof Refused) return undefined;
        throw error;
      });
      if (found) return found;
      if (Date.now() > deadline) throw new Error(`not within ${this.patienceMs / 1000} s: ${what}`);
    }
  }

  /** Claims that do not hold. Nobody is at work any more: a list that was read once is not read again. */
  async broken(): Promise<string[]> {
    this.#lists = new Map();
    const waiting = [...this.claims];
    const violations: string[] = [];
    const prove = async (): Promise<void> => {
      for (let claim = waiting.shift(); claim; claim = waiting.shift()) {
        const wrong = await claim.prove().catch((error: unknown) => (error as Error).message);
        if (wrong !== undefined) violations.push(`${claim.what}: ${wrong}`);
      }
    };
    await Promise.all(Array.from({ length: PROVERS }, prove));
    this.#lists = null;
    return violations;
  }

  /** Every row of a list. */
  all(who: Actor, path: string): Promise<Answer[]> {
    const name = `${who.subject} ${path}`;
    const known = this.#lists?.get(name) ?? this.#pages(who, path);
    this.#lists?.set(name, known);
    return known;
  }

  async #pages(who: Actor, path: string): Promise<Answer[]> {
    const rows: Answer[] = [];
    for (let after = ''; ; ) {
      const page = await this.get(who, `${path}${path.includes('?') ? '&' : '?'}limit=200${after}`);
      rows.push(...page.items);
      if (!page.next) return rows;
      after = `&after=${encodeURIComponent(page.next)}`;
    }
  }
}

function codeOf(text: string): string {
  return (JSON.parse(text) as { code: string }).code;
}

/** 599 where none came, or not the whole of it. */
async function answerTo(url: string, request: RequestInit): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(20_000) });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    return { status: 599, text: (error as Error).message };
  }
}
