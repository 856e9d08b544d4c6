import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SERVICES, type ServiceName } from '@lacollecte/contracts';
import { DEFINITIONS, openDatabases } from '@lacollecte/system';
import { replay as replayService, type ReplayOptions, type ServiceReport } from '../replay/replay.js';
import { allWell, toText, wrongIn } from '../replay/report.js';
import { type Command, Usage } from './command.js';

interface Options extends ReplayOptions {
  readonly services: readonly ServiceName[];
  readonly json: boolean;
  readonly dataDir: string;
}

/** A row is not what the events make of it. */
export class RowsDiffer extends Error {}

/**
 * Makes the projections of services again of the events that they have heard, and compares. Nothing of it can be seen from outside.
 * @throws Usage, OutOfReach, NotReplayable, RowsDiffer
 */
export const replay: Command = async (args, env, say) => {
  const { services, json, dataDir, ...how } = options(args);
  const databases = await openDatabases(dataDir, env, services);
  const reports: ServiceReport[] = [];
  try {
    for (const definition of DEFINITIONS.filter(({ name }) => services.includes(name))) {
      const report = await replayService(databases.urls.get(definition.name)!, definition, how);
      reports.push(report);
      if (!json) say(toText(report));
    }
  } finally {
    await databases.release();
  }
  const wrong = wrongIn(reports);
  if (json) say(JSON.stringify({ until: how.until, equal: wrong === null, services: reports }, null, 2));
  if (wrong !== null) throw new RowsDiffer(wrong);
  if (!json) say(`\n${allWell(reports)}`);
};

function options(args: readonly string[]): Options {
  const { service, until, keep, json, data } = parse(args);
  const unknown = service.find((name) => !SERVICES.some((one) => one === name));
  if (unknown !== undefined) throw new Usage(`--service ${unknown}: one of ${SERVICES.join(', ')}`);
  return { services: service.length > 0 ? (service as ServiceName[]) : SERVICES, until: until === undefined ? null : timeOf(until), keep, json, dataDir: resolve(data) };
}

/** With its offset: whose clock was meant must not be guessed. */
function timeOf(text: string): Date {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) ? new Date(text) : null;
  if (!time || Number.isNaN(time.getTime())) throw new Usage(`--until ${text}: a time with its offset is needed, 2026-11-23T08:00:00Z`);
  return time;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        service: { type: 'string', multiple: true, default: [] },
        until: { type: 'string' },
        keep: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        data: { type: 'string', default: '.data' },
      },
    }).values;
  } catch (error) {
    throw new Usage((error as Error).message);
  }
}
