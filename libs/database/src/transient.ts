/** SQLSTATE classes of what passes by itself: connection, cursor, rollback, resources, operator, lock not had, system. */
const TRANSIENT_SQLSTATE = /^(08|25|40|53|55|57|58|XX)[0-9A-Z]{3}$/;
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/;
/** What the driver says without a code. */
const CONNECTION = /Connection terminated|connection timeout|timeout exceeded when trying to connect|Client has encountered a connection error/i;

/** Whether trying the same again later can succeed. Everything else fails each time. */
export function isTransient(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (TRANSIENT_SQLSTATE.test(code) || NETWORK.test(code))) return true;
  return typeof message === 'string' && CONNECTION.test(message);
}
