/** Wrong passwords from one address for one account, and from one address for all accounts, until the window is over. */
const PER_ACCOUNT = 5;
const PER_ADDRESS = 50;
const WINDOW_MS = 15 * 60_000;
const MAX_KEYS = 10_000;

/**
 * Slows down guessing. Counted when an attempt begins, so that many at once do not slip through, and taken back when it
 * succeeds. Kept in memory: the issuer is one process, and a restart every five guesses is no attack.
 */
export class Attempts {
  readonly #counts = new Map<string, { count: number; until: number }>();

  /** Seconds to wait, 0 where the attempt may go on. */
  begin(email: string, address: string, now = Date.now()): number {
    const limits = [[`${address} ${email}`, PER_ACCOUNT], [address, PER_ADDRESS]] as const;
    const wait = Math.max(...limits.map(([key, limit]) => {
      const entry = this.#counts.get(key);
      return entry && entry.until > now && entry.count >= limit ? entry.until - now : 0;
    }));
    if (wait > 0) return Math.ceil(wait / 1000);
    for (const [key] of limits) this.#add(key, now);
    return 0;
  }

  succeeded(email: string, address: string): void {
    this.#counts.delete(`${address} ${email}`);
    const all = this.#counts.get(address);
    if (all) all.count -= 1;
  }

  #add(key: string, now: number): void {
    const entry = this.#counts.get(key);
    if (entry && entry.until > now) {
      entry.count += 1;
      return;
    }
    if (this.#counts.size >= MAX_KEYS) this.#forget(now);
    this.#counts.set(key, { count: 1, until: now + WINDOW_MS });
  }

  /** What has run out, or else the oldest: memory stays bounded whatever comes in. */
  #forget(now: number): void {
    for (const [key, entry] of this.#counts) if (entry.until <= now) this.#counts.delete(key);
    const oldest = this.#counts.keys().next().value;
    if (this.#counts.size >= MAX_KEYS && oldest !== undefined) this.#counts.delete(oldest);
  }
}
