import { randomUUID } from 'node:crypto';
import type { Category } from '@lacollecte/contracts';
import type { Actor, Tx } from '@lacollecte/database';
import { PLATFORM_MIGRATIONS } from '@lacollecte/runtime';
import { actor, createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { acceptLot, submitLot } from '../commands/advance-lot.js';
import { closeReception, endReception, openReception } from '../commands/change-reception.js';
import { addLines, type TypedLine } from '../commands/edit-lines.js';
import { issueLabels } from '../commands/issue-labels.js';
import { openLot } from '../commands/open-lot.js';
import { type ReceivedDevice, receiveDevice, type ScannedDevice } from '../commands/receive-device.js';
import { intakeService } from '../intake.service.js';
import { listLines, showLot } from '../queries/lots.js';
import { listTasks, type TaskView } from '../queries/tasks.js';

export interface Sums {
  readonly declared: number;
  readonly declined: number;
  readonly received: number;
  readonly refused: number;
  readonly missing: number;
  readonly awaited: number;
  readonly unexpected: number;
}

/** A lot as its donor sees it. */
export type ShownLot = Record<string, unknown> & { version: number; state: string };

/** A donor, two sites with an operator each, and a coordinator. */
export class Dock {
  readonly siteId = randomUUID();
  readonly otherSiteId = randomUUID();
  readonly operator = actor('operator', { siteIds: [this.siteId] });
  readonly otherOperator = actor('operator', { siteIds: [this.otherSiteId] });
  readonly coordinator = actor('coordinator');
  #labels: string[] = [];

  private constructor(
    readonly db: TestDatabase,
    readonly donor: Actor & { organisationId: string },
  ) {}

  static async open(kind = 'company'): Promise<Dock> {
    const db = await createTestDatabase('intake', [...PLATFORM_MIGRATIONS, ...intakeService.migrations]);
    const dock = new Dock(db, await donorIn(db, kind));
    for (const [id, postalCode] of [[dock.siteId, '69007'], [dock.otherSiteId, '13002']]) {
      await db.sql(`insert into site (id, open, postal_code, weekly_capacity, version) values ($1, true, $2, 500, 1)`, [id, postalCode]);
    }
    return dock;
  }

  as<T>(who: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.db.as(who, work);
  }

  async version(table: 'lot' | 'reception' | 'pickup', id: string): Promise<number> {
    const [row] = await this.db.sql<{ version: number }>(`select version from ${table} where id = $1`, [id]);
    return row!.version;
  }

  async state(lotId: string): Promise<string> {
    const [row] = await this.db.sql<{ state: string }>('select state from lot where id = $1', [lotId]);
    return row!.state;
  }

  async line(lotId: string, position: number): Promise<{ id: string; received: number; refused: number; missing: number }> {
    const [row] = await this.db.sql<{ id: string; received: number; refused: number; missing: number }>(
      `select l.id, received, refused, case when lot.state in ('received', 'closed') and category <> 'accessory' then quantity - declined - received - refused else 0 end as missing
       from lot_line l join lot on lot.id = lot_id where lot_id = $1 and position = $2`,
      [lotId, position],
    );
    return row!;
  }

  /** A draft with these lines. */
  async draft(lines: readonly Partial<TypedLine>[], who: Actor = this.donor, of: { donorId?: string; siteId?: string } = {}): Promise<string> {
    return this.as(who, async (tx) => {
      const lotId = await openLot(tx, { title: 'A lot', ...of });
      if (lines.length > 0) await addLines(tx, { lotId, version: 1, lines: lines.map((line) => ({ category: 'laptop', quantity: 1, ...line })) });
      return lotId;
    });
  }

  async submitted(lines: readonly Partial<TypedLine>[], who: Actor = this.donor): Promise<string> {
    const lotId = await this.draft(lines, who);
    await this.as(who, async (tx) => submitLot(tx, { lotId, version: 2 }));
    return lotId;
  }

  /** A lot that the donor brings, and a session open for it. */
  async receiving(lines: readonly Partial<TypedLine>[], decisions: { lineId: string; accepted: number; reason: string }[] = []): Promise<{ lotId: string; receptionId: string }> {
    const lotId = await this.submitted(lines);
    await this.accept(lotId, decisions);
    return { lotId, receptionId: await this.session(lotId) };
  }

  accept(lotId: string, decisions: { lineId: string; accepted: number; reason: string }[] = []): Promise<void> {
    return this.as(this.coordinator, async (tx) => acceptLot(tx, { lotId, siteId: this.siteId, brought: true, decisions, version: await versionOf(tx, lotId) }));
  }

  session(lotId: string, who = this.operator): Promise<string> {
    return this.as(who, (tx) => openReception(tx, { lotId, siteId: who.siteIds[0]!, packages: [] }));
  }

  /** A new label of the first site. */
  async label(): Promise<string> {
    if (this.#labels.length === 0) this.#labels = [...(await this.labels(200))];
    return this.#labels.pop()!;
  }

  async labels(count: number, who = this.operator): Promise<readonly string[]> {
    return (await this.as(who, (tx) => issueLabels(tx, { siteId: who.siteIds[0]!, count }))).labels;
  }

  async scan(receptionId: string, scan: Partial<ScannedDevice> & { category?: Category }): Promise<ReceivedDevice> {
    const label = scan.label ?? (await this.label());
    return this.as(this.operator, (tx) => receiveDevice(tx, { ...scan, receptionId, label }));
  }

  async close(receptionId: string, who = this.operator, signedBy: string | null = null): Promise<void> {
    const version = await this.version('reception', receptionId);
    await this.as(who, (tx) => closeReception(tx, { receptionId, version, signedBy }));
  }

  async end(lotId: string): Promise<void> {
    const version = await this.version('lot', lotId);
    await this.as(this.operator, (tx) => endReception(tx, { lotId, version }));
  }

  async show(lotId: string, who: Actor = this.donor): Promise<ShownLot> {
    return (await this.as(who, (tx) => showLot(tx, lotId))) as unknown as ShownLot;
  }

  async lines(lotId: string): Promise<(TypedLine & { id: string; position: number })[]> {
    const page = await this.as(this.donor, (tx) => listLines(tx, lotId, { limit: 100 }));
    return page.items as unknown as (TypedLine & { id: string; position: number })[];
  }

  add(lotId: string, version: number, ...lines: Partial<TypedLine>[]): Promise<void> {
    return this.as(this.donor, (tx) => addLines(tx, { lotId, version, lines: lines.map((line) => ({ category: 'laptop', quantity: 1, ...line })) }));
  }

  /** Open ones of this kind. */
  async tasks(kind: string, lotId: string): Promise<TaskView[]> {
    const page = await this.as(this.coordinator, (tx) => listTasks(tx, { limit: 100 }));
    return page.items.filter((task) => task.kind === kind && task.lotId === lotId);
  }

  /** Counted from its rows. */
  async sums(lotId: string): Promise<Sums> {
    const [row] = await this.db.sql<Sums>(
      `select coalesce(sum(quantity), 0)::int as declared, coalesce(sum(case when off then quantity else declined end), 0)::int as declined,
         coalesce(sum(received), 0)::int as received, coalesce(sum(refused), 0)::int as refused,
         coalesce(sum(room) filter (where over), 0)::int as missing, coalesce(sum(room) filter (where not over and not off), 0)::int as awaited,
         (select count(*)::int from device where lot_id = $1 and line_id is null) as unexpected
       from (select l.*, quantity - declined - received - refused as room, lot.state in ('received', 'closed') as over, lot.state in ('declined', 'cancelled') as off
         from lot_line l join lot on lot.id = l.lot_id where lot_id = $1 and category <> 'accessory') l`,
      [lotId],
    );
    return row!;
  }

  /** Names of the events of an aggregate, in order. */
  async told(key: string): Promise<string[]> {
    const rows = await this.db.sql<{ type: string }>('select type from outbox where key = $1 order by position', [key]);
    return rows.map(({ type }) => type.split('.')[3]!);
  }

  /** Whatever happened: every rule of the trade holds, and each aggregate's versions are dense, with an event each and the newest one's state. */
  async expectConsistent(): Promise<void> {
    for (const { name, violations } of intakeService.invariants) {
      const broken = await this.db.sql(violations);
      if (broken.length > 0) throw new Error(`${name}: ${JSON.stringify(broken)}`);
    }
    for (const { table, topic } of intakeService.aggregates) {
      const differing = await this.db.sql(
        `select a.id, a.version, a.state, e.n, e.state as told from ${table} a left join (
           select key, count(distinct version) as n, max(version) as version, (array_agg(data order by version desc))[1]::jsonb ->> 'state' as state from outbox where topic = $1 group by key) e
         on e.key = a.id::text where e.n is distinct from a.version or e.version is distinct from a.version or e.state is distinct from a.state`,
        [topic],
      );
      if (differing.length > 0) throw new Error(`rows of ${table} differ from their events: ${JSON.stringify(differing)}`);
    }
  }

  async finish(): Promise<void> {
    await this.expectConsistent();
    await this.db.close();
  }
}

/** Another approved donor. */
export async function donorIn(db: TestDatabase, kind = 'company'): Promise<Actor & { organisationId: string }> {
  const organisationId = randomUUID();
  await db.sql(`insert into donor (id, state, kind, postal_code, version) values ($1, 'approved', $2, '69002', 1)`, [organisationId, kind]);
  return { ...actor('donor', { organisationId }), organisationId };
}

async function versionOf(tx: Tx, lotId: string): Promise<number> {
  const row = await tx.one<{ version: number }>('select version from lot where id = $1', [lotId]);
  return row!.version;
}

/** Milliseconds from one time of a lot to another. */
export const between = (lot: ShownLot, from: string, to: string): number => (lot[to] as Date).getTime() - (lot[from] as Date).getTime();

/** A serial of its own. */
export const newSerial = (): string => `S${randomUUID().slice(0, 8).toUpperCase()}`;

/** Codes of those that were refused. */
export function refusals(results: readonly PromiseSettledResult<unknown>[]): string[] {
  return results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as { code?: string }).code ?? String(result.reason)] : []));
}
