import { type directory, DomainError, type EventData } from '@lacollecte/contracts';

/** A warehouse or workshop. */
export interface Site {
  readonly id: string;
  readonly version: number;
  readonly state: 'open' | 'closed';
  readonly name: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  /** Codes of the places where items lie. */
  readonly bins: readonly string[];
  /** Devices it can take in a week. */
  readonly weeklyCapacity: number;
}

/** Legal next states; `''` has the first. */
export const SITE_STATES = { '': ['open'], open: ['closed'], closed: [] } as const;

export type SiteChange = Partial<Pick<Site, 'name' | 'street' | 'postalCode' | 'city' | 'bins' | 'weeklyCapacity'>>;

function checkOpen(site: Site): void {
  if (site.state === 'closed') throw new DomainError('site-closed');
}

export function change(site: Site, input: SiteChange): Site {
  checkOpen(site);
  const changed = { ...site, ...input };
  if (new Set(changed.bins).size < changed.bins.length) throw new DomainError('bin-twice', {}, [{ pointer: '/bins', code: 'bin-twice' }]);
  return changed;
}

export function close(site: Site): Site {
  checkOpen(site);
  return { ...site, state: 'closed' };
}

export function siteFacts(s: Site): EventData<typeof directory.SiteChanged> {
  return { siteId: s.id, state: s.state, postalCode: s.postalCode, weeklyCapacity: s.weeklyCapacity, bins: [...s.bins] };
}
