import { type EventData, EVENTS, refurbishment } from '@lacollecte/contracts';
import { Projection, type Told } from '@lacollecte/messaging';
import { folded, folding, since } from './fold.js';

const TABLE = folded('insert into work', {
  state: 'text', since: 'timestamptz', at: 'timestamptz', lot_id: 'uuid', site_id: 'uuid', donor_id: 'uuid', waits_for: 'text', waits_since: 'timestamptz', due_at: 'timestamptz',
  grade: 'text', diagnosed_at: 'timestamptz', erased_at: 'timestamptz', tested_at: 'timestamptz', graded_at: 'timestamptz', ready_at: 'timestamptz',
});
/** All of them: each says where the device is. */
const TOLD = [...EVENTS.values()].filter(({ topic }) => topic === refurbishment.DeviceArrived.topic) as (typeof refurbishment.DeviceArrived)[];

interface Life {
  readonly grade: string | null;
  readonly diagnosed_at: Date | null;
  readonly erased_at: Date | null;
  readonly tested_at: Date | null;
  readonly graded_at: Date | null;
  readonly ready_at: Date | null;
}
interface Row extends Life {
  readonly state: string;
  readonly since: Date;
  readonly waits_for: string | null;
  readonly waits_since: Date;
  readonly donor_id: string | null;
}
type Event = Told<EventData<typeof refurbishment.DeviceArrived>>;

const NEW: Life = { grade: null, diagnosed_at: null, erased_at: null, tested_at: null, graded_at: null, ready_at: null };

/** Benches behind that of erasure: what waits there has none of its drives left to erase. */
const AFTER_ERASURE: readonly unknown[] = ['test', 'grade'];
/** What an erasure that does not stand is told by. */
const NOT_ERASED: readonly unknown[] = ['failed', 'contested', 'installed'];

/** Since when nothing is left to erase: evidence of one drive says nothing of another, and may be of a failure. */
function erasedAt({ erased_at: before }: Life, { type, data, occurredAt: at }: Event): Date | null {
  if (type === refurbishment.DeviceReady.type || AFTER_ERASURE.includes(data.waitsFor)) return before ?? at;
  const failed = type === refurbishment.DriveEvidenceRecorded.type && NOT_ERASED.includes((data as unknown as EventData<typeof refurbishment.DriveEvidenceRecorded>).outcome);
  return failed || data.waitsFor === 'erasure' ? null : before;
}

/** What was done to it in this life. */
function done(before: Life, event: Event): Life {
  const { type, data, occurredAt: at } = event;
  const life = { ...before, erased_at: erasedAt(before, event) };
  switch (type) {
    case refurbishment.DeviceCameBack.type: return NEW;
    case refurbishment.DeviceDiagnosed.type: return { ...life, diagnosed_at: at };
    case refurbishment.DeviceTested.type: return { ...life, tested_at: at };
    case refurbishment.DeviceGraded.type: return { ...life, graded_at: at, grade: (data as unknown as EventData<typeof refurbishment.DeviceGraded>).grade };
    case refurbishment.DeviceReady.type: return { ...life, ready_at: at, grade: (data as unknown as EventData<typeof refurbishment.DeviceReady>).grade };
    default: return life;
  }
}

/** Where a device is in the workshop's eyes, what it waits for, and what was done to it. */
export const work = new Projection(
  'work',
  folding(TABLE, TOLD, (row: Row | undefined, event) => {
    const { data, occurredAt } = event;
    const waits_for = data.waitsFor ?? null;
    return {
      ...done(row ?? NEW, event),
      state: data.state, since: since(row && { was: row.state, since: row.since }, data.state, occurredAt), at: occurredAt,
      lot_id: data.lotId, site_id: data.siteId, donor_id: data.donorId ?? row?.donor_id ?? null,
      waits_for, waits_since: since(row && { was: row.waits_for, since: row.waits_since }, waits_for, occurredAt), due_at: data.dueAt ?? null,
    };
  }),
);
