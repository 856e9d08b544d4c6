import type { Role } from '@lacollecte/contracts';
import type { Profile } from './domain/organisation.js';

const site = (n: number) => `0d000000-0000-4000-8000-00000000000${n}`;
const organisation = (n: number) => `0d000000-0000-4000-8000-0000000001${String(n).padStart(2, '0')}`;
const person = (n: number) => `0d000000-0000-4000-8000-0000000002${String(n).padStart(2, '0')}`;

const bins = (aisles: string, places: number) =>
  [...aisles].flatMap((aisle) => Array.from({ length: places }, (_, place) => `${aisle}-${String(place + 1).padStart(2, '0')}`));

const SITES = [
  { id: site(1), name: 'Lyon Gerland', street: '12 rue de Gerland', postalCode: '69007', city: 'Lyon', bins: bins('ABCD', 12), weeklyCapacity: 400 },
  { id: site(2), name: 'Seine-Saint-Denis', street: '32 rue Proudhon', postalCode: '93210', city: 'Saint-Denis', bins: bins('ABCDEF', 12), weeklyCapacity: 600 },
  { id: site(3), name: 'Marseille Joliette', street: '8 quai du Lazaret', postalCode: '13002', city: 'Marseille', bins: bins('ABC', 12), weeklyCapacity: 300 },
];

const DONOR: Profile & { id: string } = {
  id: organisation(1), kind: 'company', name: 'Atelier Lumière SA', siren: '990000010', street: '5 place Bellecour', postalCode: '69002', city: 'Lyon',
  publics: {}, peopleServed: null,
};

const structure = (n: number, name: string, postalCode: string, city: string, peopleServed: number, quotaPerQuarter: number, publics: Profile['publics']) => ({
  id: organisation(10 + n), kind: 'association' as const, name, siren: null, street: `${n} rue de la République`, postalCode, city, publics, peopleServed,
  quotaPerQuarter,
});
const STRUCTURES = [
  structure(1, 'Les Passerelles du Rhône', '69003', 'Lyon', 620, 80, { families: 260, 'job-seekers': 300, other: 60 }),
  structure(2, 'Maison ouverte de Saint-Denis', '93200', 'Saint-Denis', 900, 100, { families: 500, 'great-precarity': 400 }),
  structure(3, 'Le Cap des Possibles', '13003', 'Marseille', 480, 60, { 'school-dropouts': 180, students: 300 }),
  structure(4, 'Nord Solidaire', '59000', 'Lille', 710, 80, { families: 350, 'job-seekers': 360 }),
  structure(5, 'Occitanie pour tous', '31000', 'Toulouse', 340, 40, { students: 340 }),
  structure(6, 'Le Fil de Loire', '44000', 'Nantes', 280, 40, { seniors: 120, families: 160 }),
  structure(7, 'Entraide du Rhin', '67000', 'Strasbourg', 390, 50, { 'great-precarity': 150, families: 240 }),
  structure(8, 'Gironde Numérique', '33000', 'Bordeaux', 260, 40, { 'job-seekers': 260 }),
];

export interface DemonstrationAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly organisationId: string | null;
  readonly siteIds: readonly string[];
}

const account = (n: number, local: string, name: string, roles: readonly Role[], place: Partial<DemonstrationAccount> = {}): DemonstrationAccount => ({
  id: person(n), email: `${local}@demo.lacollecte.tech`, name, roles, organisationId: null, siteIds: [], ...place,
});

/** What a demonstration starts with: nobody and nothing in it exists. Ids are fixed, so that other data may point at them. */
export const demonstration = {
  password: 'lacollecte-demo',
  sites: SITES,
  donor: DONOR,
  structures: STRUCTURES,
  /** A program of the workshop in Lyon; nobody knows its secret. */
  program: { name: "Banc d'effacement, Lyon", roles: ['service'] as const, siteIds: [site(1)] },
  accounts: [
    account(1, 'donor', 'Camille Donatrice', ['donor'], { organisationId: DONOR.id }),
    account(2, 'coordinator', 'Claude Coordination', ['coordinator']),
    account(3, 'operator', 'Sacha Atelier', ['operator'], { siteIds: [site(1)] }),
    account(4, 'operator-93', 'Dominique Entrepôt', ['operator'], { siteIds: [site(2)] }),
    account(5, 'operator-13', 'Alix Entrepôt', ['operator'], { siteIds: [site(3)] }),
    account(6, 'structure', 'Lou Passerelles', ['structure'], { organisationId: organisation(11) }),
    account(7, 'relay', 'Charlie Relais', ['structure', 'relay'], { organisationId: organisation(12) }),
    account(8, 'ops', 'Morgan Exploitation', ['ops']),
    account(9, 'admin', 'Andrea Administration', ['admin']),
  ],
} as const;
