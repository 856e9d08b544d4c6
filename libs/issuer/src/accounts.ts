import type { Role } from '@lacollecte/contracts';

/** Who is signed in: what tokens say of a person. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly organisationId: string | null;
  readonly siteIds: readonly string[];
}

/** What the issuer needs of whoever keeps people and programs. Someone disabled is found by none of these. */
export interface Accounts {
  /** Null where e-mail or password is wrong; takes as long in either case. */
  authenticate(email: string, password: string): Promise<Account | null>;
  findPerson(id: string): Promise<Account | null>;
  /** Roles and sites of a program, by its client id. */
  findClient(clientId: string): Promise<Pick<Account, 'roles' | 'siteIds'> | null>;
  authenticateClient(clientId: string, secret: string): Promise<boolean>;
  /** Uses a one-time link to choose a password; false where the link is not valid (any more). */
  acceptInvitation(token: string, password: string): Promise<boolean>;
}
