import { Endpoint, spec } from '@lacollecte/http';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type Health, ServiceState } from '../service-state.js';

const HealthView = z.object({
  service: z.string(),
  status: z.enum(['ready', 'degraded', 'down']),
  database: z.enum(['up', 'down']),
  consumer: z.enum(['running', 'stopped']),
  consumerFailure: z.string().nullable(),
  outboxPending: z.int().nullable(),
  parkedKeys: z.int().nullable(),
  failedJobs: z.int().nullable(),
});
const healthSpec = spec({ summary: 'Whether this service serves, and what waits in it', roles: 'public', returns: HealthView });
const openApiSpec = spec({ summary: 'This description', roles: 'public' });

@Controller()
export class HealthController {
  constructor(private readonly state: ServiceState) {}

  @Endpoint('GET', 'health', healthSpec)
  health(): Promise<Health> {
    return this.state.health();
  }

  @Endpoint('GET', 'openapi.json', openApiSpec)
  openapi(): object {
    return this.state.openApi;
  }
}
