import { type directory, DomainError, type EventData } from '@lacollecte/contracts';

export const ACTIVITIES = ['donor', 'structure'] as const;
export const KINDS = ['company', 'public-body', 'association'] as const;
export const PUBLICS = ['families', 'students', 'school-dropouts', 'great-precarity', 'job-seekers', 'seniors', 'other'] as const;
export type Activity = (typeof ACTIVITIES)[number];
export type Kind = (typeof KINDS)[number];
/** People a structure serves in a year, by kind; nobody is ever named. */
export type Publics = Readonly<Partial<Record<(typeof PUBLICS)[number], number>>>;

/** What an organisation says of itself. */
export interface Profile {
  readonly kind: Kind;
  readonly name: string;
  readonly siren: string | null;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly publics: Publics;
  /** Structures only. People belong to several publics, so it need not be their sum. */
  readonly peopleServed: number | null;
}

/** Gives (donor) or receives (structure); one that does both is two organisations. */
export interface Organisation extends Profile {
  readonly id: string;
  readonly version: number;
  readonly state: 'pending' | 'approved' | 'declined' | 'suspended';
  readonly activity: Activity;
  /** Structures only: devices that may be given in a calendar quarter. */
  readonly quotaPerQuarter: number | null;
  /** Structures only: approval is renewed yearly. */
  readonly approvedUntil: Date | null;
  /** Why it was declined or suspended. */
  readonly reason: string | null;
  /** Its id in the list it was imported from. */
  readonly externalReference: string | null;
}

/** Legal next states; `''` has the first: one that is imported is approved already. */
export const ORGANISATION_STATES = {
  '': ['pending', 'approved'], pending: ['approved', 'declined'], approved: ['suspended'], suspended: ['approved'], declined: [],
} as const;

const DECISIONS = {
  approve: { from: ['pending', 'suspended'], to: 'approved' },
  decline: { from: ['pending'], to: 'declined' },
  suspend: { from: ['approved'], to: 'suspended' },
  renew: { from: ['approved'], to: 'approved' },
} as const satisfies Record<string, { from: readonly Organisation['state'][]; to: Organisation['state'] }>;

function moved(organisation: Organisation, decision: keyof typeof DECISIONS): Organisation {
  const { from, to } = DECISIONS[decision];
  if (!(from as readonly string[]).includes(organisation.state)) {
    throw new DomainError('organisation-transition-refused', { decision, state: organisation.state });
  }
  return { ...organisation, state: to };
}

/** Companies and public bodies have a SIREN; a small association may have none. Donors have neither publics nor quota. */
export function checkProfile(activity: Activity, profile: Profile): void {
  if (profile.siren === null && profile.kind !== 'association') {
    throw new DomainError('siren-required', { kind: profile.kind }, [{ pointer: '/siren', code: 'siren-required' }]);
  }
  if (activity === 'structure' && !profile.peopleServed) {
    throw new DomainError('people-served-required', {}, [{ pointer: '/peopleServed', code: 'people-served-required' }]);
  }
  if (activity === 'donor' && (profile.peopleServed !== null || Object.keys(profile.publics).length > 0)) {
    throw new DomainError('donor-has-no-publics', {}, [{ pointer: '/publics', code: 'donor-has-no-publics' }]);
  }
}

export interface Terms {
  readonly quotaPerQuarter: number;
  readonly approvedUntil: Date;
}

export function approve(organisation: Organisation, terms: Terms): Organisation {
  const approved = { ...moved(organisation, 'approve'), reason: null };
  return organisation.activity === 'structure' ? { ...approved, ...terms } : approved;
}

export function decline(organisation: Organisation, reason: string): Organisation {
  return { ...moved(organisation, 'decline'), reason };
}

export function suspend(organisation: Organisation, reason: string): Organisation {
  return { ...moved(organisation, 'suspend'), reason };
}

/** A structure's approval goes on, perhaps with another quota. A donor's does not end. */
export function renew(organisation: Organisation, terms: Terms): Organisation {
  if (organisation.activity === 'donor') throw new DomainError('donor-needs-no-renewal');
  return { ...moved(organisation, 'renew'), ...terms };
}

/** What events say of it: nothing that names anyone. */
export function organisationFacts(o: Organisation): EventData<typeof directory.OrganisationChanged> {
  return {
    organisationId: o.id, state: o.state, activity: o.activity, kind: o.kind, postalCode: o.postalCode,
    peopleServed: o.peopleServed, quotaPerQuarter: o.quotaPerQuarter, approvedUntil: o.approvedUntil?.toISOString() ?? null,
  };
}
