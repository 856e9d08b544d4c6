import type { Upstream } from '@lacollecte/gateway';

/** Which services answer, in Prometheus's text format. */
export async function upstreamMetrics(upstreams: readonly Upstream[]): Promise<string> {
  const lines = await Promise.all(upstreams.map(async (upstream) => {
    const up = await upstream.health().then(({ status }) => status !== 'down', () => false);
    return `lacollecte_gateway_upstream_up{service="${upstream.name}"} ${up ? 1 : 0}`;
  }));
  return ['# HELP lacollecte_gateway_upstream_up Whether every process of the service answers and is not down.', '# TYPE lacollecte_gateway_upstream_up gauge', ...lines, ''].join('\n');
}
