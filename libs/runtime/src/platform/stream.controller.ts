import { DomainError } from '@lacollecte/contracts';
import { Endpoint, Input, type InputOf, spec } from '@lacollecte/http';
import { Controller, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ServiceState } from '../service-state.js';
import type { FlowItem, Watcher } from '../telemetry/flow.js';

/** What a proxy between us takes for a sign of life. */
const HEARTBEAT_MS = 15_000;

const streamSpec = spec({
  summary: 'What flows through this process, as server-sent events: { service, id, type, topic, key, at, hop: published | applied | parked }; ends after `seconds`',
  roles: ['ops', 'admin'],
  /** 0: only whether one may. */
  query: z.object({ seconds: z.coerce.number().int().min(0).max(3600) }),
});

@Controller('operations')
export class StreamController {
  constructor(private readonly state: ServiceState) {}

  /** Whoever reads too slowly misses some, and is told how many: nothing is kept for them, and the relay never waits. */
  @Endpoint('GET', 'stream', streamSpec)
  stream(@Input() { query }: InputOf<typeof streamSpec>, @Res() reply: FastifyReply): void {
    const { raw } = reply;
    let missed = 0;
    const watcher: Watcher = (items: readonly FlowItem[]) => {
      if (raw.writableNeedDrain) {
        missed += items.length;
        return;
      }
      if (missed > 0) raw.write(`event: missed\ndata: ${missed}\n\n`);
      missed = 0;
      raw.write(items.map((item) => `data: ${JSON.stringify(item)}\n\n`).join(''));
    };
    const end = (): void => void raw.end();
    if (!this.state.flow.watch(watcher, end)) throw new DomainError('too-many-watchers');
    reply.hijack();
    raw.writeHead(200, { ...headersOf(reply), 'content-type': 'text/event-stream; charset=utf-8', connection: 'close' });
    raw.write('retry: 1000\n\n');
    const beating = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
    const ending = setTimeout(end, query.seconds * 1000);
    raw.once('close', () => {
      clearInterval(beating);
      clearTimeout(ending);
      this.state.flow.unwatch(watcher);
    });
  }
}

/** Those that every answer has; a hijacked one would go without. */
function headersOf(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}
