import { randomUUID } from 'node:crypto';
import type { Category } from '@lacollecte/contracts';
import { Api } from './client.js';
import { chooseMishaps, type Mishaps, plannedShipments, ship, type ShipmentView } from './dispatch.js';
import { findDonor, giveLot, type LotView, type ManifestReport } from './donor.js';
import { type Seen, visibleInvariants } from './invariants.js';
import { planNeeds, structuresFor } from './needs.js';
import { signInStaff, type Staff } from './people.js';
import { devicesOf, type Whereabouts, whereabouts } from './places.js';
import { type Line, planDevices } from './plan.js';
import type { Progress } from './progress.js';
import { type AllocationView, answerAll, answered, approveAndAllocate, endEarlierNeeds, type NeedView, type RoundView, startRound, stateNeeds, toRefuse } from './rounds.js';
import { settle } from './settle.js';
import { acceptLot, receiveLot, type Site } from './site.js';
import { gatherStructures, type Structure } from './structures.js';
import { Impatience, waitFor } from './wait.js';
import { Workshop } from './workshop.js';

/** What one demonstration came to. */
export interface Result {
  readonly manifest: ManifestReport;
  /** Null where no row of the list could be accepted: nothing else was done. */
  readonly outcome: Outcome | null;
}

export interface Outcome {
  readonly lot: LotView;
  readonly where: Whereabouts;
  readonly structures: number;
  readonly needs: readonly NeedView[];
  /** The one that dealt with all needs, then those after it. */
  readonly rounds: readonly RoundView[];
  /** Rule → what breaks it. */
  readonly invariants: Readonly<Record<string, readonly string[]>>;
}

/** How long the last events may take to be seen everywhere. */
const LAST_MS = 60_000;

/** Carries the devices of a list through the whole system. */
export class Demonstration {
  readonly #api: Api;

  constructor(
    url: string,
    issuer: string | null,
    private readonly seed: number,
    private readonly progress: Progress,
  ) {
    this.#api = new Api(url, `${seed}/${randomUUID()}`, issuer);
  }

  async run(file: string): Promise<Result> {
    const { progress } = this;
    const now = (text: string): void => progress.now(text);
    const staff = await progress.stage('sign-in', () => signInStaff(this.#api));
    const { manifest, lot: submitted } = await progress.stage('manifest', async () => {
      const donor = await findDonor(this.#api, staff);
      const given = await giveLot(donor, file, now);
      progress.done(`${donor.name}: ${given.manifest.accepted} of ${given.manifest.rows} rows accepted`);
      return given;
    });
    if (!submitted) return { manifest, outcome: null };
    const { coordinator } = staff;
    const { site, devices } = await progress.stage('reception', () => this.#receive(staff, submitted));
    const workshop = new Workshop(site, devices, this.seed, this.#api.run, progress);
    await workshop.work();
    await progress.stage('stock', async () => {
      await settle(this.#api, coordinator, 'in the stock');
      progress.done(`${workshop.ready().length} items`);
    });
    const { structures, needs, rounds, shipments } = await this.#distribute(staff, submitted.id);
    return this.progress.stage('account', async () => {
      await settle(this.#api, coordinator, 'at the end');
      const end = await this.#end(coordinator, submitted.id, needs, shipments);
      progress.done('every service asked');
      return { manifest, outcome: { ...end, structures: structures.length, rounds } };
    });
  }

  async #receive(staff: Staff, lot: LotView): Promise<{ site: Site; devices: Awaited<ReturnType<typeof receiveLot>> }> {
    const lines = await staff.coordinator.all<Line>(`/intake/lots/${lot.id}/lines`);
    const site = await acceptLot(staff, lot, lines);
    const devices = await receiveLot(site, lot, lines, planDevices(lines, this.seed), (text) => this.progress.now(text));
    this.progress.done(`${devices.length} devices labelled`);
    return { site, devices };
  }

  /** Needs, a round, what it gave to the structures, and a second round for what was refused or came back. */
  async #distribute(staff: Staff, lotId: string): Promise<{ structures: Structure[]; needs: NeedView[]; rounds: RoundView[]; shipments: ShipmentView[] }> {
    const { progress, seed } = this;
    const { coordinator } = staff;
    const { structures, stated, urgentLast } = await progress.stage('needs', async () => {
      const ready = new Map<Category, number>();
      for (const { state, category } of await devicesOf(coordinator, lotId)) if (state === 'ready') ready.set(category as Category, (ready.get(category as Category) ?? 0) + 1);
      const gathered = await gatherStructures(this.#api, staff, structuresFor([...ready.values()].reduce((sum, count) => sum + count, 0)));
      await endEarlierNeeds(gathered);
      const planned = planNeeds(new Map([...ready].toSorted()), gathered.map(({ most }) => most), seed);
      const needs = await stateNeeds(gathered, planned, (text) => progress.now(text));
      progress.done(`${needs.length} structures ask for ${needs.flatMap(({ lines }) => lines).reduce((sum, { asked }) => sum + asked, 0)} devices`);
      return { structures: gathered, stated: needs, urgentLast: planned.at(-1)?.urgent === true };
    });
    const first = await this.#wave(staff, structures, () => approveAndAllocate(coordinator, stated, urgentLast), true);
    await progress.stage('settling', () => settle(this.#api, coordinator, 'after the first deliveries'));
    const second = await this.#wave(staff, structures, () => startRound(coordinator, 'second round'), false);
    return { structures, needs: stated, rounds: [first.round, second.round], shipments: [...first.shipments, ...second.shipments] };
  }

  async #wave(staff: Staff, structures: readonly Structure[], allocate: () => Promise<RoundView>, withMishaps: boolean): Promise<{ round: RoundView; shipments: ShipmentView[] }> {
    const { progress } = this;
    const { coordinator } = staff;
    const { round, refused, accepted } = await progress.stage('round', async () => {
      const solved = await allocate();
      const allocations = await answered(coordinator, solved);
      const unwanted = withMishaps ? toRefuse(allocations, structures) : undefined;
      const taken = await answerAll(structures, allocations, unwanted);
      progress.done(`${solved.devices} devices for ${new Set(allocations.map(({ structureId }) => structureId)).size} structures`);
      return { round: solved, refused: unwanted, accepted: taken };
    });
    const shipments = await progress.stage('dispatch', () => this.#ship(staff, structures, accepted, refused));
    return { round, shipments };
  }

  async #ship(staff: Staff, structures: readonly Structure[], accepted: readonly AllocationView[], refused: AllocationView | undefined): Promise<ShipmentView[]> {
    const { coordinator } = staff;
    const planned = await plannedShipments(coordinator, accepted);
    let mishaps: Mishaps = {};
    if (refused) {
      // What was refused is free again before anybody looks for a replacement.
      await settle(this.#api, coordinator, 'after the answers');
      mishaps = chooseMishaps(planned, refused, new Map(structures.map(({ id }, i) => [id, i])));
    }
    const recipients = new Map(structures.map((structure) => [structure.id, structure]));
    let done = 0;
    await Promise.all(planned.map(async (shipment) => {
      await ship(staff, recipients.get(shipment.structureId)!, shipment, mishaps);
      done += 1;
      this.progress.now(`${done} of ${planned.length} shipments`);
    }));
    this.progress.done(`${planned.length} shipments`);
    return planned;
  }

  /** Read until what everybody says fits together, or for as long as it may take. */
  async #end(coordinator: Awaited<ReturnType<typeof signInStaff>>['coordinator'], lotId: string, stated: readonly NeedView[], planned: readonly ShipmentView[]): Promise<Omit<Outcome, 'structures' | 'rounds'>> {
    let seen: (Seen & Pick<Outcome, 'invariants'>) | undefined;
    try {
      await waitFor('the services agree', async () => {
        const lot = await coordinator.get<LotView>(`/intake/lots/${lotId}`);
        const where = await whereabouts(coordinator, lot);
        const needs = await Promise.all(stated.map(({ needId }) => coordinator.get<NeedView>(`/matching/needs/${needId}`)));
        const shipments = await Promise.all(planned.map(({ shipmentId }) => coordinator.get<ShipmentView>(`/dispatch/shipments/${shipmentId}`)));
        seen = { lot, where, needs, shipments, invariants: {} };
        seen = { ...seen, invariants: await visibleInvariants(coordinator, seen) };
        return Object.values(seen.invariants).every((violations) => violations.length === 0) ? true : undefined;
      }, undefined, LAST_MS);
    } catch (error) {
      if (!(error instanceof Impatience) || !seen) throw error;
    }
    return seen!;
  }
}
