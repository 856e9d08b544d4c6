/** Between two plain lines of one stage, where nothing can be overwritten. */
const PLAIN_EVERY_MS = 10_000;

interface Stage {
  readonly name: string;
  readonly since: number;
}

/** What is going on, on standard error: one line that changes where a person looks on, else a line now and then. */
export class Progress {
  readonly #tty: boolean;
  readonly #seconds = new Map<string, number>();
  readonly #began = performance.now();
  #stage: Stage | undefined;
  #toldAt = 0;

  constructor(private readonly out: NodeJS.WriteStream = process.stderr) {
    this.#tty = out.isTTY === true;
  }

  /** Runs one stage and takes its time; several of one name add up. */
  async stage<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.#stage = { name, since: performance.now() };
    this.#toldAt = performance.now();
    this.#show('');
    try {
      return await work();
    } finally {
      const seconds = (performance.now() - this.#stage.since) / 1_000;
      this.#seconds.set(name, (this.#seconds.get(name) ?? 0) + seconds);
    }
  }

  /** Ends the line of the stage with what it came to. */
  done(result: string): void {
    this.#line(`${this.#head()}${result}`, true);
    this.#toldAt = performance.now();
  }

  /** How far the stage is. */
  now(text: string): void {
    if (this.#tty) this.#show(text);
    else if (performance.now() - this.#toldAt > PLAIN_EVERY_MS) {
      this.#toldAt = performance.now();
      this.#line(`${this.#head()}${text}`, true);
    }
  }

  /** A line of its own. */
  say(text: string): void {
    this.#line(text, true);
  }

  /** Per stage in the order they began, and the total. */
  seconds(): Record<string, number> {
    const round = (value: number): number => Math.round(value * 100) / 100;
    return { ...Object.fromEntries([...this.#seconds].map(([name, value]) => [name, round(value)])), total: round((performance.now() - this.#began) / 1_000) };
  }

  #head(): string {
    return `${(this.#stage?.name ?? '').padEnd(12)} `;
  }

  #show(text: string): void {
    if (this.#tty) this.#line(`${this.#head()}${text || '…'}`, false);
  }

  #line(text: string, end: boolean): void {
    this.out.write(this.#tty ? `\r\u001b[K${text}${end ? '\n' : ''}` : `${text}\n`);
  }
}
