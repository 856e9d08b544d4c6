/** SQLSTATE classes of what passes by itself: connection, cursor, rollback, resources, operator, lock not had, system. */
const TRANSIENT_SQLSTATE = /^(08|25|40|53|55|57|58|XX)/;
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/;

/** Whether trying the same again later can succeed. Everything else fails each time: poison. */
export function isTransient(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (TRANSIENT_SQLSTATE.test(code) || NETWORK.test(code))) return true;
  return typeof message === 'string' && /Connection terminated|connection timeout|timeout exceeded when trying to connect|Client has encountered a connection error/i.test(message);
}

/** The event itself is at fault, not what it met: no handler could take it. */
export class Poison extends Error {
  constructor(
    readonly reason: 'undecodable' | 'unknown-type' | 'schema' | 'handler',
    message: string,
  ) {
    super(message);
    this.name = 'Poison';
  }
}
