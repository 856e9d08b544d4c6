import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '@lacollecte/contracts';
import type { Actor } from '@lacollecte/database';
import { v7 } from 'uuid';
import type { System } from './system.js';

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

/** Somebody who writes down what was answered. A request without an answer is asked again, under the same key. */
export class Client {
  /** Answered with success; broken off and asked again; refused. */
  readonly counts = { answered: 0, unknown: 0, refused: 0 };
  readonly claims: Claim[] = [];

  constructor(private readonly system: System) {}

  get(who: Actor, path: string): Promise<Answer> {
    return this.#send(who, 'GET', path, {});
  }

  async post(who: Actor, path: string, ask: Ask = {}): Promise<Answer> {
    const answer = await this.#send(who, 'POST', path, { ...ask, key: v7() });
    this.counts.answered++;
    return answer;
  }

  /** What was answered is kept to be proved. */
  claim(what: string, prove: Claim['prove']): void {
    this.claims.push({ what, prove });
  }

  async #send(who: Actor, method: string, path: string, ask: Ask & { key?: string }): Promise<Answer> {
    const url = `${this.system.urls.get(path.split('/')[0] as ServiceName)}/${path.split('/').slice(1).join('/')}`;
    const headers = {
      authorization: `Bearer ${await this.system.issuer.token(who)}`, 'content-type': 'application/json',
      ...(ask.key === undefined ? {} : { 'idempotency-key': ask.key }), ...(ask.version === undefined ? {} : { 'if-match': `"${ask.version}"` }),
    };
    for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(100)) {
      const response = await fetch(url, { method, headers, body: method === 'GET' ? undefined : JSON.stringify(ask.body ?? {}), signal: AbortSignal.timeout(20_000) }).catch(() => undefined);
      const text = await response?.text().catch(() => undefined);
      if (response?.ok && text !== undefined) return JSON.parse(text || '{}') as Answer;
      const unknown = response === undefined || text === undefined || response.status >= 500;
      const { code } = unknown ? { code: '' } : (JSON.parse(text) as { code: string });
      if (unknown && method !== 'GET') this.counts.unknown++;
      // It is said to exist and will arrive; anything else that is refused stays so.
      if (!unknown && code !== 'not-here-yet') {
        this.counts.refused++;
        throw new Refused(response.status, code, `${method} ${path}`);
      }
      if (Date.now() > deadline) throw new Error(`${method} ${path}: no answer within ${PATIENCE_MS / 1000} s (${response?.status ?? 'no connection'} ${text ?? ''})`);
    }
  }

  /** Repeats `look` until it gives something. @throws Error naming `what` */
  async until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
    for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(150)) {
      const found = await look().catch((error: unknown) => {
        if (error instanceof Refused) return undefined;
        throw error;
      });
      if (found) return found;
      if (Date.now() > deadline) throw new Error(`not within ${PATIENCE_MS / 1000} s: ${what}`);
    }
  }

  /** Every row of a list. */
  async all(who: Actor, path: string): Promise<Answer[]> {
    const rows: Answer[] = [];
    for (let after = ''; ; ) {
      const page = await this.get(who, `${path}${path.includes('?') ? '&' : '?'}limit=200${after}`);
      rows.push(...page.items);
      if (!page.next) return rows;
      after = `&after=${encodeURIComponent(page.next)}`;
    }
  }
}
