import { startPostgres } from '@lacollecte/database';
import { launchChromium } from '@lacollecte/servers';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { carry } from '../carry.js';
import { type Running, startStandalone } from '../standalone.js';
import { multiply } from '../stack/multiply.js';

/** Of the lot that was carried to its end over the public API; what is kept of it is copied until there are so many. */
export const LOT = 1_000;
export const DEVICES = 50_000;

export type Account = 'donor' | 'operator' | 'coordinator' | 'structure' | 'ops' | 'admin';

/** The standalone system with 50,000 devices in it, and a browser in front of it. */
export interface Desk {
  readonly system: Running;
  /** A window of one person's own, signed in, at `path`. */
  open(account: Account, path: string): Promise<Page>;
  stop(): Promise<void>;
}

export async function startDesk(): Promise<Desk> {
  const browser = await launchChromium();
  const system = await startStandalone();
  const stop = async (): Promise<void> => {
    await browser.close();
    await system.stop();
  };
  try {
    const postgres = await startPostgres(join(system.folder, 'postgres')); // adopts the one that runs
    await carry(system, LOT, 'DESK');
    await multiply(postgres.url, { from: 1, to: DEVICES / LOT });
  } catch (error) {
    await stop();
    throw error;
  }
  return { system, open: (account, path) => signedIn(browser, system.url, account, path), stop };
}

async function signedIn(browser: Browser, url: string, account: Account, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, locale: 'fr-FR', viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(path);
  await page.locator(`button[name="account"][value="${account}@demo.lacollecte.tech"]`).click();
  await page.locator('h1').waitFor();
  return page;
}

/** Milliseconds of a bare request of the page's, with its session, through the same gateway: what each figure is stated beside. */
export function bare(page: Page, path: string): Promise<number> {
  return page.evaluate(async (asked) => {
    const begun = performance.now();
    const response = await fetch(asked, { headers: { accept: 'application/json, text/html' } });
    await response.text();
    if (!response.ok) throw new Error(`${asked}: ${response.status}`);
    return performance.now() - begun;
  }, path);
}

/** What the person of this window does beside the page, with their session. @throws Error naming the refusal */
export function call<Answer>(page: Page, method: 'GET' | 'POST', path: string, sent: { readonly body?: unknown; readonly version?: number } = {}): Promise<Answer> {
  return page.evaluate(async ({ method: verb, path: asked, body, version }) => {
    const { csrf } = (await (await fetch('/auth/me')).json()) as { csrf: string };
    const headers: Record<string, string> = { 'content-type': 'application/json', 'x-csrf-token': csrf };
    if (verb === 'POST') headers['idempotency-key'] = crypto.randomUUID();
    if (version !== undefined) headers['if-match'] = `"${version}"`;
    const response = await fetch(`/api${asked}`, { method: verb, headers, ...(verb === 'POST' && { body: JSON.stringify(body ?? {}) }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${verb} ${asked}: ${response.status} ${text}`);
    return JSON.parse(text === '' ? 'null' : text) as Answer;
  }, { method, path, ...sent });
}

/** @param share 0.5 the median, 0.95 what all but a twentieth stay below */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
