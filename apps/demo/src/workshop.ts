import { setTimeout as delay } from 'node:timers/promises';
import type { Person } from './client.js';
import { workshopPlan } from './hardware.js';
import type { Progress } from './progress.js';
import type { ReceivedDevice, Site } from './site.js';
import { type BenchJob, type ChecklistItem, detours, diagnosis, erasure, grading, recycling, reject, type Step, testing } from './workshop-steps.js';

/** Steps of one request: it is one transaction, well under a second. */
const STEPS = 60;

export interface BenchView {
  readonly state: string;
  readonly grade: string | null;
}

interface Answered {
  readonly label: string;
  readonly outcome: 'done' | 'repeated' | 'review' | 'refused';
  readonly device: BenchView | null;
  readonly problem: { readonly code: string; readonly title: { readonly en: string } } | null;
}

/** A site's workshop: each bench takes all devices that are still there. */
export class Workshop {
  readonly #jobs: readonly BenchJob[];
  readonly #shown = new Map<string, BenchView>();

  constructor(
    private readonly site: Site,
    devices: readonly ReceivedDevice[],
    seed: number,
    run: string,
    private readonly progress: Progress,
  ) {
    const detour = detours(devices, seed);
    this.#jobs = devices.map((device) => ({ device, plan: workshopPlan(device, seed), detour: detour.get(device.label) ?? null, run }));
  }

  /** Labels of the devices that are ready now. */
  ready(): string[] {
    return this.#in('ready').map(({ device }) => device.label);
  }

  /** All four benches, then what is not fit goes to recycling. */
  async work(): Promise<void> {
    const { operator } = this.site;
    const checklists = await operator.get<Record<string, ChecklistItem[]>>('/refurbishment/checklists');
    await this.#bench('diagnosis', this.#jobs, diagnosis);
    const now = new Date();
    await this.#bench('erasure', this.#in('in-workshop'), (job) => erasure(job, now));
    await this.#bench('test', this.#in('in-workshop'), (job) => testing(job, checklists[job.device.category] ?? []));
    await this.#bench('grading', this.#in('in-workshop'), grading);
    await this.progress.stage('recycling', async () => {
      // D and HC are kept, but never become stock.
      await this.#do('ungraded', this.#in('in-workshop').map(({ device }) => [reject(device.label, 'grade')]));
      const given = this.#in('rejected');
      await this.#do('recycle', given.map(({ device }) => [recycling(device)]));
      this.progress.done(`${given.length} devices recycled, ${this.#in('ready').length} ready`);
    });
  }

  #in(state: string): BenchJob[] {
    return this.#jobs.filter(({ device }) => this.#shown.get(device.label)?.state === state);
  }

  #bench(name: string, jobs: readonly BenchJob[], steps: (job: BenchJob) => Step[]): Promise<void> {
    return this.progress.stage(name, async () => {
      await this.#do(name, jobs.map(steps));
      this.progress.done(`${jobs.length} devices`);
    });
  }

  /** The steps of one device stay together and in order. */
  async #do(name: string, perDevice: readonly (readonly Step[])[]): Promise<void> {
    const batches: Step[][] = [];
    for (const steps of perDevice) {
      const last = batches.at(-1);
      if (last && last.length + steps.length <= STEPS) last.push(...steps);
      else batches.push([...steps]);
    }
    let done = 0;
    await Promise.all(batches.filter((batch) => batch.length > 0).map(async (batch, i) => {
      for (const { label, device } of await scan(this.site.operator, `${name} ${i}`, batch)) {
        if (device) this.#shown.set(label, device);
      }
      done += new Set(batch.map(({ label }) => label)).size;
      this.progress.now(`${done} of ${perDevice.length} devices`);
    }));
  }
}

/** Does steps in order; those of a device whose reception has not arrived are done as soon as it has. @throws Error naming the first refusal */
async function scan(operator: Person, step: string, scans: readonly Step[], attempt = 0): Promise<Answered[]> {
  const { items } = await operator.post<{ items: Answered[] }>('/refurbishment/scans', `${step} ${attempt}`, { body: { scans } });
  const early = new Set(items.filter(({ problem }) => problem?.code === 'not-here-yet').map(({ label }) => label));
  const wrong = items.find(({ label, outcome }) => (outcome === 'refused' && !early.has(label)) || outcome === 'review');
  if (wrong || attempt > 100) throw new Error(`${step}: ${wrong ? `${wrong.label} ${wrong.problem?.title.en ?? wrong.outcome}` : `${early.size} devices never arrived`}`);
  const answered = items.filter(({ label }) => !early.has(label));
  if (early.size === 0) return answered;
  await delay(300);
  return [...answered, ...(await scan(operator, step, scans.filter(({ label }) => early.has(label)), attempt + 1))];
}
