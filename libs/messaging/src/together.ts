import type { ReceivedRecord, RecordBatch } from './transport.js';

/** Transactions of a consumer at once: one waits for the disk while another computes. */
const AT_ONCE = 3;

interface Waiting {
  readonly batch: RecordBatch;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

type Apply = (records: readonly ReceivedRecord[], signal: AbortSignal) => Promise<void>;

/**
 * Small batches of a topic's partitions that are at hand at the same time become one: a transaction of ten events costs
 * little more than one of a single event. The order within each partition stays.
 */
export class Together {
  readonly #waiting: Waiting[] = [];
  #underWay = 0;

  /** @param apply must bear to be given records a second time */
  constructor(
    private readonly maxBatch: number,
    private readonly apply: Apply,
  ) {}

  /** Resolves once its records are applied; rejects with what applying these, and no others, failed of. */
  add(batch: RecordBatch): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ batch, resolve, reject });
    // A fetch hands over all its partitions in one turn.
    setImmediate(() => this.#next());
    return promise;
  }

  #next(): void {
    if (this.#waiting.length === 0 || this.#underWay === AT_ONCE) return;
    this.#underWay++;
    void this.#run(this.#take()).finally(() => {
      this.#underWay--;
      this.#next();
    });
  }

  /** The first that waits, and those of its topic that fit. */
  #take(): Waiting[] {
    const { topic } = this.#waiting[0]!.batch;
    let records = 0;
    const group = this.#waiting.filter(({ batch }) => {
      const fits = records === 0 || (batch.topic === topic && records + batch.records.length <= this.maxBatch);
      if (fits) records += batch.records.length;
      return fits;
    });
    for (const one of group) this.#waiting.splice(this.#waiting.indexOf(one), 1);
    return group;
  }

  async #run(group: readonly Waiting[]): Promise<void> {
    try {
      await this.apply(group.flatMap(({ batch }) => batch.records), AbortSignal.any(group.map(({ batch }) => batch.signal)));
      for (const { resolve } of group) resolve();
    } catch (error) {
      if (group.length === 1) group[0]!.reject(error);
      // One of them was taken from us, or is at fault: each by itself, and the inbox knows what is done.
      else for (const one of group) await this.#run([one]);
    }
  }
}
