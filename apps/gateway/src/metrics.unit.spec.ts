import type { Upstream } from '@lacollecte/gateway';
import { upstreamMetrics } from './metrics.js';

const upstream = (name: string, health: Upstream['health']): Upstream => ({ name, handle: () => undefined, health });
const status = (name: string, said: 'ready' | 'down') => upstream(name, async () => ({ service: name, status: said }) as Awaited<ReturnType<Upstream['health']>>);

test('a service that is down or does not answer counts as 0', async () => {
  const text = await upstreamMetrics([status('intake', 'ready'), status('matching', 'down'), upstream('dispatch', () => Promise.reject(new Error('refused')))]);
  expect(text.split('\n').filter((line) => !line.startsWith('#'))).toEqual([
    'lacollecte_gateway_upstream_up{service="intake"} 1', 'lacollecte_gateway_upstream_up{service="matching"} 0', 'lacollecte_gateway_upstream_up{service="dispatch"} 0', '',
  ]);
});
