import { createHash } from 'node:crypto';
import type { Pool } from '@lacollecte/database';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { errors } from 'oidc-provider';

function hashed(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}

interface RecordRow {
  payload: AdapterPayload;
  consumed: number | null;
}

const UPSERT = `insert into issuer_record (model, id, payload, grant_id, uid, expires_at) values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
  on conflict (model, id) do update set payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid, expires_at = excluded.expires_at`;
const COLUMNS = 'payload, extract(epoch from consumed_at)::int as consumed';

/** Keeps one kind of record in PostgreSQL, each change a statement of its own. Ids are secrets (codes, tokens, sessions): stored hashed. */
export class PostgresAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly pool: Pool,
  ) {}

  async upsert(id: string, { jti: _secret, ...payload }: AdapterPayload, expiresIn: number): Promise<void> {
    await this.#query(UPSERT, [this.model, hashed(id), JSON.stringify(payload), payload.grantId ?? null, payload.uid ?? null, expiresIn]);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const row = await this.#one(`select ${COLUMNS} from issuer_record where model = $1 and id = $2`, [this.model, hashed(id)]);
    return row && { ...row, jti: id };
  }

  /** Without the session's own id, which is not kept: good for reading what it holds. */
  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#one(`select ${COLUMNS} from issuer_record where model = 'Session' and uid = $1`, [uid]);
  }

  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  /** Of two that use a code or refresh token at once, one gets it. */
  async consume(id: string): Promise<void> {
    const taken = await this.#query('update issuer_record set consumed_at = now() where model = $1 and id = $2 and consumed_at is null returning 1', [
      this.model, hashed(id),
    ]);
    if (taken.length === 0) throw new errors.InvalidGrant('already used');
  }

  async destroy(id: string): Promise<void> {
    await this.#query('delete from issuer_record where model = $1 and id = $2', [this.model, hashed(id)]);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#query('delete from issuer_record where model = $1 and grant_id = $2', [this.model, grantId]);
  }

  async #one(text: string, values: readonly unknown[]): Promise<AdapterPayload | undefined> {
    const [row] = (await this.#query(text, values)) as RecordRow[];
    return row && { ...row.payload, ...(row.consumed === null ? {} : { consumed: row.consumed }) };
  }

  async #query(text: string, values: readonly unknown[]): Promise<unknown[]> {
    const result: unknown = await this.pool.source.query(text, [...values]);
    // TypeORM gives [rows, count] for UPDATE and DELETE, rows for all else.
    return Array.isArray(result) && Array.isArray(result[0]) ? result[0] : (result as unknown[]);
  }
}
