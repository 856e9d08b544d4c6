/** What an applicant has typed so far. */
export interface Application {
  readonly kind: 'association' | 'public-body' | 'company';
  readonly name: string;
  readonly siren: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly peopleServed: number | null;
  readonly person: string;
  readonly email: string;
}

export const EMPTY: Application = { kind: 'association', name: '', siren: '', street: '', postalCode: '', city: '', peopleServed: null, person: '', email: '' };

const TEXTS = ['name', 'street', 'postalCode', 'city', 'person', 'email'] as const;
const POSTAL_CODE = /^\d{5}$/;

/** What is missing, or cannot be right yet, in the order of the form. A small association may have no SIREN. */
export function missingIn(application: Application) {
  const fits = { name: true, street: true, postalCode: POSTAL_CODE.test(application.postalCode), city: true, person: true, email: application.email.includes('@') };
  const texts = TEXTS.filter((field) => application[field].trim() === '' || !fits[field]);
  return [
    ...texts.filter((field) => field === 'name'),
    ...(application.kind !== 'association' && application.siren.trim() === '' ? (['siren'] as const) : []),
    ...texts.filter((field) => field === 'street' || field === 'postalCode' || field === 'city'),
    ...(application.peopleServed === null ? (['peopleServed'] as const) : []),
    ...texts.filter((field) => field === 'person' || field === 'email'),
  ];
}

/** As the service takes it. */
export function applicationOf({ kind, name, siren, street, postalCode, city, peopleServed, person, email }: Application) {
  return {
    activity: 'structure' as const,
    organisation: { kind, name: name.trim(), siren: siren.trim() === '' ? null : siren.trim(), street: street.trim(), postalCode, city: city.trim(), publics: {}, peopleServed },
    person: { email: email.trim(), name: person.trim() },
  };
}
