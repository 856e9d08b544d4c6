/** SQLSTATE classes of what passes by itself: connection, cursor, rollback, resources, operator, lock not had, system. */
const TRANSIENT_SQLSTATE = /^(08|25|40|53|55|57|58|XX)[0-9A-Z]{3}$/;
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/;
/** What the driver says without a code. */
const CONNECTION = /Connection terminated|connection timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout/i;

/** Statement, transaction or idle time over; a statement after a swallowed error; the server's own defects, which one row can cause. */
const MAYBE_OWN = /^(57014|25P0[234]|XX[0-9A-Z]{3})$/;
/** The connection was ended between two statements: by the idle time, perhaps. */
const ENDED_MEANWHILE = /Client has encountered a connection error/i;

/**
 * Whether what fails for now may do so each time, by its own doing: a statement that always takes too long, a transaction that idles or
 * goes on after an error that was swallowed. Who tries again counts these.
 */
export function mayBeOwnFault(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return (typeof code === 'string' && MAYBE_OWN.test(code)) || (typeof message === 'string' && ENDED_MEANWHILE.test(message));
}

/** A migration changed what a statement gives that was prepared before it: prepared anew, it works. */
function isStalePlan({ code, routine }: { code?: unknown; routine?: unknown }): boolean {
  return code === '0A000' && routine === 'RevalidateCachedQuery';
}

/** Whether trying the same again later can succeed. Everything else fails each time. */
export function isTransient(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (isStalePlan(error ?? {})) return true;
  if (typeof code === 'string' && (TRANSIENT_SQLSTATE.test(code) || NETWORK.test(code))) return true;
  return typeof message === 'string' && CONNECTION.test(message);
}
