import { requestContext } from '@lacollecte/database';
import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Structured log of a process: JSON lines; each carries the correlation id of the donation it is about. */
export function createLog(level: string, destination?: string): Log {
  const options = {
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => {
      const correlationId = requestContext.getStore()?.cause.correlationId;
      return correlationId ? { correlationId } : {};
    },
  };
  return destination ? pino(options, pino.destination({ dest: destination, mkdir: true, sync: false })) : pino(options);
}

/** Nest's own messages in our log, start-up chatter at debug. */
export function nestLogger(log: Log): LoggerService {
  const write = (level: 'debug' | 'warn' | 'error') => (message: unknown, ...rest: unknown[]) => {
    const err = [message, ...rest].find((part) => part instanceof Error);
    log[level]({ ...(err ? { err } : {}), context: rest.at(-1) }, String(message));
  };
  return { log: write('debug'), debug: write('debug'), verbose: write('debug'), warn: write('warn'), error: write('error'), fatal: write('error') };
}
