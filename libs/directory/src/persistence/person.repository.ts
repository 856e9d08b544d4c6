import { DomainError, type Role } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { Person } from '../domain/person.js';

export interface PersonRow {
  id: string; version: number; state: Person['state']; email: string | null; name: string | null; roles: Role[];
  organisation_id: string | null; site_ids: string[];
}

/** Without the password's hash, which only signing in reads. */
export const PERSON_COLUMNS = 'id, version, state, email, name, roles, organisation_id, site_ids';

export function toPerson(row: PersonRow): Person {
  const { organisation_id: organisationId, site_ids: siteIds, ...rest } = row;
  return { ...rest, organisationId, siteIds };
}

function values(p: Person): unknown[] {
  return [p.id, p.version, p.state, p.email, p.name, p.roles, p.organisationId, p.siteIds];
}

export async function findPerson(tx: Tx, id: string): Promise<Person> {
  const row = await tx.one<PersonRow>(`select ${PERSON_COLUMNS} from person where id = $1`, [id]);
  if (!row) throw new DomainError('person-not-found', { id });
  return toPerson(row);
}

/** Locks the person until the commit. */
export async function lockPerson(tx: Tx, id: string): Promise<Person> {
  const row = await tx.one<PersonRow>(`select ${PERSON_COLUMNS} from person where id = $1 for update`, [id]);
  if (!row) throw new DomainError('person-not-found', { id });
  return toPerson(row);
}

/** Locks the person; `version` is the one that was shown. */
export async function loadPerson(tx: Tx, id: string, version: number): Promise<Person> {
  const person = await lockPerson(tx, id);
  if (person.version !== version) throw new DomainError('stale-version');
  return person;
}

/** False where the e-mail is someone's, visible to the caller or not. */
export async function insertPerson(tx: Tx, person: Person): Promise<boolean> {
  const inserted = await tx.execute(
    `insert into person (${PERSON_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    values(person),
  );
  return inserted === 1;
}

/** Saves over the version it was loaded at; returns the person at the next. Only an active person keeps a password. */
export async function savePerson(tx: Tx, person: Person): Promise<Person> {
  const saved = await tx.execute(
    `update person set version = version + 1, state = $3, email = $4, name = $5, roles = $6, organisation_id = $7, site_ids = $8,
       password_hash = case when $3 = 'active' then password_hash end
     where id = $1 and version = $2`,
    values(person),
  );
  if (saved === 0) throw new DomainError('stale-version');
  return { ...person, version: person.version + 1 };
}

/** As savePerson, with the password just chosen. */
export async function saveWithPassword(tx: Tx, person: Person, passwordHash: string): Promise<Person> {
  const saved = await tx.execute(
    'update person set version = version + 1, state = $3, password_hash = $4 where id = $1 and version = $2',
    [person.id, person.version, person.state, passwordHash],
  );
  if (saved === 0) throw new DomainError('stale-version');
  return { ...person, version: person.version + 1 };
}
