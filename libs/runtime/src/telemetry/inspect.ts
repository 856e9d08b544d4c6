import type { RunningService } from '../create-service.js';
import { serviceMetrics } from './metrics.js';
import { startMetricsServer } from './metrics-server.js';

export interface InspectOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** What carries its events, by OpenTelemetry's names: `kafka`, `postgresql`. */
  readonly system: string;
}

export interface Inspection {
  readonly port: number;
  close(): Promise<void>;
}

/** From now on what a service does is measured, its rules are checked by and by, and a port of its own tells of both. */
export async function inspect(service: RunningService, { host, port, system }: InspectOptions): Promise<Inspection> {
  const { patrol, observer, probes } = service;
  const { recorder, scrape } = await serviceMetrics(probes, patrol, system);
  observer.recorder = recorder;
  const server = await startMetricsServer({ live: () => probes.live(), ready: () => probes.ready(), scrape }, { host, port });
  patrol.start();
  return { port: server.port, close: () => server.close() };
}
