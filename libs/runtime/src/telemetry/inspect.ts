import type { RunningService } from '../create-service.js';
import type { Log } from '../log.js';
import { serviceMetrics } from './metrics.js';
import { startMetricsServer } from './metrics-server.js';
import { Patrol } from './patrol.js';

export interface InspectOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** What carries its events, by OpenTelemetry's names: `kafka`, `postgresql`. */
  readonly system: string;
  readonly log: Log;
}

export interface Inspection {
  readonly port: number;
  /** Checks no more rules: needs no database any longer. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** From now on what a service does is measured, its rules are checked by and by, and a port of its own tells of both. */
export async function inspect(service: RunningService, { host, port, system, log }: InspectOptions): Promise<Inspection> {
  const { definition, state, observer, probes } = service;
  const patrol = new Patrol(definition, state.database.worker, log, (topic, transitions) => observer.recorder?.illegal(topic, transitions));
  const { recorder, scrape } = await serviceMetrics(probes, patrol, system);
  observer.recorder = recorder;
  const server = await startMetricsServer({ live: () => probes.live(), ready: () => probes.ready(), scrape }, { host, port });
  patrol.start();
  return { port: server.port, quiet: () => patrol.stop(), close: () => server.close() };
}
