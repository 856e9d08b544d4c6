import { isDeepStrictEqual } from 'node:util';
import { directory } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { settingsOf } from '@lacollecte/runtime';
import { v7 } from 'uuid';
import { type Organisation, organisationFacts } from '../domain/organisation.js';
import type { ListedStructure, RefusedRow } from '../domain/structure-list.js';
import { insertOrganisation, loadByReferences, saveOrganisation } from '../persistence/organisation.repository.js';
import { settings } from '../settings.js';

export interface ImportReport {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: readonly RefusedRow[];
}

type Outcome = 'created' | 'updated' | 'unchanged' | RefusedRow;

/** SIREN → the reference of the structure that has it. */
async function sirenHolders(tx: Tx, structures: readonly ListedStructure[]): Promise<Map<string, string | null>> {
  const rows = await tx.query<{ siren: string; external_reference: string | null }>(
    `select siren, external_reference from organisation where activity = 'structure' and siren = any($1) and state <> 'declined'`,
    [structures.map((structure) => structure.profile.siren)],
  );
  return new Map(rows.map((row) => [row.siren, row.external_reference]));
}

/**
 * Takes a list of structures as approved organisations. A row's reference makes it idempotent: known ones are brought up to
 * date, and keep their state and the end of their approval.
 */
export async function importStructures(tx: Tx, list: { kept: readonly ListedStructure[]; refused: readonly RefusedRow[] }): Promise<ImportReport> {
  const figures = await settingsOf(tx, settings);
  const approvedUntil = new Date(tx.now.getTime() + figures.approvalDays * 86_400_000);
  const known = new Map((await loadByReferences(tx, list.kept.map((row) => row.reference))).map((o) => [o.externalReference, o]));
  const holders = await sirenHolders(tx, list.kept);

  const take = async ({ line, reference, profile, quotaPerQuarter }: ListedStructure): Promise<Outcome> => {
    const taken: RefusedRow = { line, column: 'siren', value: profile.siren ?? '', reason: 'siren-taken' };
    if (profile.siren !== null && holders.has(profile.siren) && holders.get(profile.siren) !== reference) return taken;
    const before = known.get(reference);
    if (before) {
      const after: Organisation = { ...before, ...profile, quotaPerQuarter: quotaPerQuarter ?? before.quotaPerQuarter };
      if (isDeepStrictEqual(before, after)) return 'unchanged';
      const saved = await saveOrganisation(tx, after);
      append(tx, directory.OrganisationChanged, { key: saved.id, version: saved.version }, organisationFacts(saved));
      return 'updated';
    }
    const organisation: Organisation = {
      ...profile, id: v7(), version: 1, state: 'approved', activity: 'structure', quotaPerQuarter: quotaPerQuarter ?? figures.quotaPerQuarter,
      approvedUntil, reason: null, externalReference: reference,
    };
    if (!(await insertOrganisation(tx, organisation))) return taken;
    append(tx, directory.OrganisationApproved, { key: organisation.id, version: 1 }, organisationFacts(organisation));
    return 'created';
  };

  const outcomes: Outcome[] = [];
  for (const structure of list.kept) outcomes.push(await take(structure));
  const count = (what: Outcome) => outcomes.filter((outcome) => outcome === what).length;
  return {
    created: count('created'), updated: count('updated'), unchanged: count('unchanged'),
    refused: [...list.refused, ...outcomes.filter((outcome) => typeof outcome === 'object')],
  };
}
