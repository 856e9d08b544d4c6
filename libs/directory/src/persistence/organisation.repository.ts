import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { Organisation } from '../domain/organisation.js';

export interface OrganisationRow {
  id: string; version: number; state: Organisation['state']; activity: Organisation['activity']; kind: Organisation['kind'];
  name: string; siren: string | null; street: string; postal_code: string; city: string; publics: Organisation['publics'];
  people_served: number | null; quota_per_quarter: number | null; approved_until: Date | null; reason: string | null;
  external_reference: string | null;
}

export const ORGANISATION_COLUMNS = `id, version, state, activity, kind, name, siren, street, postal_code, city, publics, people_served,
  quota_per_quarter, approved_until, reason, external_reference`;

export function toOrganisation(row: OrganisationRow): Organisation {
  return {
    id: row.id, version: row.version, state: row.state, activity: row.activity, kind: row.kind, name: row.name, siren: row.siren,
    street: row.street, postalCode: row.postal_code, city: row.city, publics: row.publics, peopleServed: row.people_served,
    quotaPerQuarter: row.quota_per_quarter, approvedUntil: row.approved_until, reason: row.reason, externalReference: row.external_reference,
  };
}

function values(o: Organisation): unknown[] {
  return [
    o.id, o.version, o.state, o.activity, o.kind, o.name, o.siren, o.street, o.postalCode, o.city, JSON.stringify(o.publics), o.peopleServed,
    o.quotaPerQuarter, o.approvedUntil, o.reason, o.externalReference,
  ];
}

/** Row-level security hides those of others: not found, as if there were none. */
export async function findOrganisation(tx: Tx, id: string): Promise<Organisation> {
  const row = await tx.one<OrganisationRow>(`select ${ORGANISATION_COLUMNS} from organisation where id = $1`, [id]);
  if (!row) throw new DomainError('organisation-not-found', { id });
  return toOrganisation(row);
}

/** Locks it until the commit; `version` is the one that was shown. */
export async function loadOrganisation(tx: Tx, id: string, version: number): Promise<Organisation> {
  const row = await tx.one<OrganisationRow>(`select ${ORGANISATION_COLUMNS} from organisation where id = $1 for update`, [id]);
  if (!row) throw new DomainError('organisation-not-found', { id });
  if (row.version !== version) throw new DomainError('stale-version');
  return toOrganisation(row);
}

/** The organisations of these external references, locked in the order of their ids. */
export async function loadByReferences(tx: Tx, references: readonly string[]): Promise<Organisation[]> {
  const rows = await tx.query<OrganisationRow>(
    `select ${ORGANISATION_COLUMNS} from organisation where external_reference = any($1) order by id for update`,
    [references],
  );
  return rows.map(toOrganisation);
}

/** False where another of the same activity has its SIREN, visible to the caller or not. */
export async function insertOrganisation(tx: Tx, organisation: Organisation): Promise<boolean> {
  const inserted = await tx.execute(
    `insert into organisation (${ORGANISATION_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     on conflict do nothing`,
    values(organisation),
  );
  return inserted === 1;
}

/** PostgreSQL's code of a unique index that says no. */
const UNIQUE_VIOLATION = '23505';

/**
 * Saves over the version it was loaded at; returns it at the next. What may change of it: not its activity, nor its reference.
 * Throws `siren-taken` where another of the same activity has the SIREN.
 */
export async function saveOrganisation(tx: Tx, organisation: Organisation): Promise<Organisation> {
  const [id, version, state, , ...rest] = values(organisation);
  const update = tx.execute(
    `update organisation set version = version + 1, state = $3, kind = $4, name = $5, siren = $6, street = $7, postal_code = $8, city = $9,
       publics = $10, people_served = $11, quota_per_quarter = $12, approved_until = $13, reason = $14
     where id = $1 and version = $2`,
    [id, version, state, ...rest.slice(0, -1)],
  );
  const saved = await update.catch((error: { code?: string }) => {
    if (error.code !== UNIQUE_VIOLATION) throw error;
    throw new DomainError('siren-taken', {}, [{ pointer: '/siren', code: 'siren-taken' }]);
  });
  if (saved === 0) throw new DomainError('stale-version');
  return { ...organisation, version: organisation.version + 1 };
}
