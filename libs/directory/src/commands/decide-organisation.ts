import { directory, type EventDefinition } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { settingsOf } from '@lacollecte/runtime';
import { approve, decline, type Organisation, organisationFacts, renew, suspend, type Terms } from '../domain/organisation.js';
import { loadOrganisation, saveOrganisation } from '../persistence/organisation.repository.js';
import { organisationView, type OrganisationView } from '../queries/views.js';
import { settings } from '../settings.js';

/** The organisation as it was shown to who decides. */
export interface Shown {
  readonly organisationId: string;
  readonly version: number;
}

type OrganisationEvent = typeof directory.OrganisationChanged;

async function save(tx: Tx, event: OrganisationEvent & EventDefinition, decided: Organisation): Promise<OrganisationView> {
  const saved = await saveOrganisation(tx, decided);
  append(tx, event, { key: saved.id, version: saved.version }, organisationFacts(saved));
  return organisationView(saved);
}

/** What was said of quota and end, else the figures in force. A renewal keeps the quota it had. */
async function termsOf(tx: Tx, input: Partial<Terms>, current: number | null): Promise<Terms> {
  const figures = await settingsOf(tx, settings);
  return {
    quotaPerQuarter: input.quotaPerQuarter ?? current ?? figures.quotaPerQuarter,
    approvedUntil: input.approvedUntil ?? new Date(tx.now.getTime() + figures.approvalDays * 86_400_000),
  };
}

/** Also lifts a suspension. */
export async function approveOrganisation(tx: Tx, input: Shown & Partial<Terms>): Promise<OrganisationView> {
  const organisation = await loadOrganisation(tx, input.organisationId, input.version);
  return save(tx, directory.OrganisationApproved, approve(organisation, await termsOf(tx, input, organisation.quotaPerQuarter)));
}

export async function declineOrganisation(tx: Tx, input: Shown & { reason: string }): Promise<OrganisationView> {
  return save(tx, directory.OrganisationDeclined, decline(await loadOrganisation(tx, input.organisationId, input.version), input.reason));
}

export async function suspendOrganisation(tx: Tx, input: Shown & { reason: string }): Promise<OrganisationView> {
  return save(tx, directory.OrganisationChanged, suspend(await loadOrganisation(tx, input.organisationId, input.version), input.reason));
}

export async function renewOrganisation(tx: Tx, input: Shown & Partial<Terms>): Promise<OrganisationView> {
  const organisation = await loadOrganisation(tx, input.organisationId, input.version);
  return save(tx, directory.OrganisationChanged, renew(organisation, await termsOf(tx, input, organisation.quotaPerQuarter)));
}
