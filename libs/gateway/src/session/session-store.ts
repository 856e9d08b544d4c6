import { NO_CAUSE, type Pool, SYSTEM } from '@lacollecte/database';
import type { Sweep } from '@lacollecte/runtime';
import { IDLE_SECONDS, LEAVE_SECONDS, LONGEST_SECONDS } from './limits.js';

export interface StoredSession {
  readonly sealed: Buffer;
  /** Its access token is to be replaced. */
  readonly due: boolean;
}

/** A row's life is written down at most once in a minute of use. */
const FIND = `select sealed, refresh_at <= now() as due, expires_at < least(now() + make_interval(secs => ${IDLE_SECONDS - 60}), ends_at) as touch
  from session where id = $1 and not ended and expires_at > now()`;
const TOUCH = `update session set expires_at = least(now() + make_interval(secs => ${IDLE_SECONDS}), ends_at) where id = $1 and not ended`;

/** The rows of sessions. Each is known by what follows from its secret; what is sealed can't be read here. */
export class SessionStore {
  constructor(private readonly pool: Pool) {}

  /** @param refreshInSeconds of its access token */
  async create(id: Buffer, sealed: Buffer, refreshInSeconds: number): Promise<void> {
    await this.pool.transaction(SYSTEM, NO_CAUSE, (tx) =>
      tx.execute(
        `insert into session (id, sealed, refresh_at, expires_at, ends_at)
         values ($1, $2, now() + make_interval(secs => $3), now() + make_interval(secs => ${IDLE_SECONDS}), now() + make_interval(secs => ${LONGEST_SECONDS}))`,
        [id, sealed, refreshInSeconds],
      ),
    );
  }

  /** One that is alive; asking for it keeps it so. */
  find(id: Buffer): Promise<StoredSession | undefined> {
    return this.pool.transaction(
      SYSTEM,
      NO_CAUSE,
      async (tx) => {
        const row = await tx.one<StoredSession & { touch: boolean }>(FIND, [id]);
        if (row?.touch) await tx.execute(TOUCH, [id]);
        return row;
      },
      { ahead: { text: FIND, values: [id] } },
    );
  }

  /**
   * Lets one process at a time renew a session, and gives what it then holds. `renewal` is not asked where another has done it meanwhile;
   * null from it ends the session. The row is locked until it is done.
   */
  renew(id: Buffer, renewal: (sealed: Buffer) => Promise<{ sealed: Buffer; refreshInSeconds: number } | null>): Promise<Buffer | null> {
    return this.pool.transaction(SYSTEM, NO_CAUSE, async (tx) => {
      const row = await tx.one<StoredSession>('select sealed, refresh_at <= clock_timestamp() as due from session where id = $1 and not ended for update', [id]);
      if (!row?.due) return row?.sealed ?? null;
      const renewed = await renewal(row.sealed);
      if (renewed === null) await tx.execute('delete from session where id = $1', [id]);
      else await tx.execute('update session set sealed = $2, refresh_at = clock_timestamp() + make_interval(secs => $3) where id = $1', [id, renewed.sealed, renewed.refreshInSeconds]);
      return renewed?.sealed ?? null;
    });
  }

  /** It is over at once; what it held can be taken once more, for a short time. */
  end(id: Buffer): Promise<number> {
    return this.pool.transaction(SYSTEM, NO_CAUSE, (tx) =>
      tx.execute(`update session set ended = true, expires_at = now() + make_interval(secs => ${LEAVE_SECONDS}) where id = $1 and not ended`, [id]),
    );
  }

  /** Removes one that has ended, and gives what it held. */
  async take(id: Buffer): Promise<Buffer | null> {
    const rows = await this.pool.transaction(SYSTEM, NO_CAUSE, (tx) =>
      tx.query<{ sealed: Buffer }>('delete from session where id = $1 and ended and expires_at > now() returning sealed', [id]),
    );
    return rows[0]?.sealed ?? null;
  }

  async remove(id: Buffer): Promise<void> {
    await this.pool.transaction(SYSTEM, NO_CAUSE, (tx) => tx.execute('delete from session where id = $1', [id]));
  }
}

/** Nobody can use them any more. */
export const removeExpiredSessions: Sweep = {
  name: 'gateway-remove-expired-sessions',
  everySeconds: 60,
  run: (tx) => tx.execute('delete from session where id in (select id from session where expires_at <= now() order by expires_at limit 500 for update skip locked)'),
};
