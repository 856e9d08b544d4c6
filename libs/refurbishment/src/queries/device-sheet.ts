import { canonicalLabel, DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { z } from 'zod';
import { unknown } from '../commands/find-devices.js';
import { stepsFrom } from '../domain/steps.js';
import type { SheetView } from '../http/views.schemas.js';
import { DEVICE_COLUMNS, type DeviceRow, toDevice } from '../persistence/device-row.js';
import { devicesByIdentifier } from '../persistence/identifiers.js';
import { evidenceOfDevice } from './evidence.js';
import { deviceView } from './views.js';

type Sheet = z.output<typeof SheetView>;

/**
 * The one device behind an id, label, serial, IMEI, asset tag or alias.
 * @throws DomainError `not-here-yet` for a label on its way, `device-unknown`, `identifier-ambiguous` where several share it
 */
export async function deviceIdOf(tx: Tx, identifier: string): Promise<string> {
  const label = canonicalLabel(identifier);
  const labelled = label && (await tx.one<{ id: string }>('select id from device where label = $1', [label]));
  if (labelled) return labelled.id;
  const ids = await devicesByIdentifier(tx, identifier);
  if (ids.length > 1) throw new DomainError('identifier-ambiguous', { identifier, count: ids.length });
  const [id] = ids;
  if (id === undefined) throw unknown(identifier);
  return id;
}

const HISTORY = `select step, by, site_id as "siteId", at, occurred_at as "occurredAt", version, payload, undone_at as "undoneAt"
  from step where device_id = $1 order by position desc limit 100`;

type StepRow = Omit<Sheet['history'][number], 'at' | 'occurredAt' | 'undoneAt'> & { at: Date; occurredAt: Date | null; undoneAt: Date | null };

/** Everything that is known of a device. */
export async function deviceSheet(tx: Tx, identifier: string): Promise<Sheet> {
  const id = await deviceIdOf(tx, identifier);
  const row = await tx.one<DeviceRow>(`select ${DEVICE_COLUMNS} from device where id = $1`, [id]);
  if (!row) throw new DomainError('device-unknown', { identifier });
  const device = toDevice(row);
  const history = await tx.query<StepRow>(HISTORY, [id]);
  const aliases = await tx.query<{ value: string }>(`select value from identifier where device_id = $1 and kind = 'alias' order by value`, [id]);
  const { donorId, earmark, serial, imei, assetTag, hardware, noMediaAt, simCards, sdCards, testResults, grading, block, blockUntil, ending } = device;
  return {
    ...deviceView(device), donorId, earmark, serial, imei, assetTag, hardware, noMediaAt, simCards, sdCards, testResults: testResults && { ...testResults },
    grading: grading && { ...grading, adjustments: { ...grading.adjustments } }, block, blockUntil, ending: ending && { ...ending, detail: { ...ending.detail } },
    aliases: aliases.map(({ value }) => value),
    drives: device.drives.map(({ notBefore: _, earlier: __, ...drive }) => drive),
    steps: stepsFrom(device.state),
    evidence: await evidenceOfDevice(tx, id),
    history: history.map((step) => ({
      ...step, at: step.at.toISOString(), occurredAt: step.occurredAt?.toISOString() ?? null, undoneAt: step.undoneAt?.toISOString() ?? null,
    })),
  };
}
