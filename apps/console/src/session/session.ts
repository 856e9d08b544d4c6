import { createStore } from '../api/store.js';
import { language } from '../i18n/i18n.js';

/** Who has signed in, as `GET /auth/me` says. */
export interface Session {
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly organisationId: string | null;
  readonly siteIds: readonly string[];
  /** Goes with every request that changes something. */
  readonly csrf: string;
  /** Where a one-time link leads (`?token=…`); null where people are invited by the issuer itself. */
  readonly invitationPage: string | null;
}

export const session = createStore<Session | null>(null);
/** The server no longer knows the session; the page stays as it is, with what was typed. */
export const sessionEnded = createStore(false);

export const signInAddress = (to: string): string => `/auth/sign-in?${new URLSearchParams({ to, lang: language() })}`;
