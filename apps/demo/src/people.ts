import type { Api, Person } from './client.js';

/** Demonstration accounts and those that this demonstration makes have one password, which everybody may know. */
const PASSWORD = 'lacollecte-demo';
const DOMAIN = 'demo.lacollecte.tech';

export interface PersonView {
  readonly personId: string;
  readonly state: 'invited' | 'active' | 'disabled';
  readonly email: string | null;
  readonly organisationId: string | null;
  readonly siteIds: readonly string[];
}

/** Who works where: the demonstration accounts of the system. */
export interface Staff {
  readonly coordinator: Person;
  readonly admin: Person;
  /** By the site where they act. */
  readonly operators: ReadonlyMap<string, Person>;
}

export const emailOf = (name: string): string => `${name}@${DOMAIN}`;

export async function signInAs(api: Api, name: string): Promise<Person> {
  try {
    return await api.signIn(emailOf(name), PASSWORD);
  } catch (error) {
    throw new Error(`cannot sign in as ${emailOf(name)}: the demonstration needs the demonstration accounts`, { cause: error });
  }
}

export async function signInStaff(api: Api): Promise<Staff> {
  const [coordinator, admin, ...operators] = await Promise.all(['coordinator', 'admin', 'operator', 'operator-93', 'operator-13'].map((name) => signInAs(api, name)));
  const bySite = await Promise.all(operators.map(async (operator) => {
    const { siteIds } = await operator.get<PersonView>('/directory/me');
    return siteIds.map((siteId) => [siteId, operator] as const);
  }));
  return { coordinator: coordinator!, admin: admin!, operators: new Map(bySite.flat()) };
}

/** The person of an invitation chooses a password and signs in. `inviter` makes the link anew: the one before may have been seen by nobody. */
export async function accept(api: Api, inviter: Person, { personId, email }: PersonView): Promise<Person> {
  for (let attempt = 1; ; attempt++) {
    const { token } = await inviter.post<{ token?: string }>(`/directory/people/${personId}/invitation`, `invite ${personId} ${attempt}`);
    // Shown once only: where the answer got lost and was asked for again, it is not in it.
    if (token === undefined && attempt < 5) continue;
    await api.visitor.post('/directory/invitations/accept', `accept ${personId} ${attempt}`, { body: { token, password: PASSWORD } });
    return api.signIn(email!, PASSWORD);
  }
}
