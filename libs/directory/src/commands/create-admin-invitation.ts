import type { Tx } from '@lacollecte/database';
import { newSecret } from '../credentials/secret.js';
import { invitePerson } from './invite-person.js';
import { renewInvitation } from './renew-invitation.js';

/**
 * For the command line of a real installation: invites an admin and returns the one-time link's token. Asked again for the
 * same e-mail it makes a new link. Throws `email-taken` where the e-mail belongs to someone who is no admin.
 */
export async function createAdminInvitation(tx: Tx, address: string): Promise<{ token: string; expiresAt: string }> {
  const email = address.trim().toLowerCase();
  const token = newSecret();
  const known = await tx.one<{ id: string }>(`select id from person where email = $1 and 'admin' = any(roles) and state <> 'disabled'`, [email]);
  const { expiresAt } = known
    ? await renewInvitation(tx, { personId: known.id, token })
    : await invitePerson(tx, { email, name: email, roles: ['admin'], organisationId: null, siteIds: [], token });
  return { token, expiresAt };
}
