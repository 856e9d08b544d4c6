import { isSiren } from '@lacollecte/contracts';
import { type Kind, type Profile, PUBLICS } from './organisation.js';

/** One structure of a list, as read. */
export interface ListedStructure {
  readonly line: number;
  readonly reference: string;
  readonly profile: Profile;
  readonly quotaPerQuarter: number | null;
}

export interface RefusedRow {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: 'required' | 'too-long' | 'bad-siren' | 'bad-postal-code' | 'bad-number' | 'unknown-kind' | 'reference-twice' | 'siren-twice' | 'siren-taken' | 'siren-required' | 'people-served-required';
}

/** Headings recognised, in French and English, without accents, case or punctuation. */
const HEADINGS: Readonly<Record<string, readonly string[]>> = {
  reference: ['reference', 'ref', 'id', 'identifiant', 'code structure', 'external reference'],
  name: ['nom', 'name', 'structure', 'nom de la structure', 'raison sociale', 'denomination'],
  kind: ['type', 'kind', 'nature', 'statut juridique', 'legal form'],
  siren: ['siren', 'numero siren', 'n siren'],
  street: ['adresse', 'address', 'rue', 'street'],
  postalCode: ['code postal', 'cp', 'postal code', 'postcode'],
  city: ['ville', 'commune', 'city', 'town'],
  peopleServed: ['personnes accompagnees', 'people served', 'file active', 'beneficiaires'],
  quotaPerQuarter: ['quota', 'quota par trimestre', 'quota trimestriel', 'quota per quarter'],
  families: ['familles', 'families'],
  students: ['etudiants', 'students'],
  'school-dropouts': ['decrocheurs', 'decrochage scolaire', 'school dropouts'],
  'great-precarity': ['grande precarite', 'great precarity'],
  'job-seekers': ['demandeurs d emploi', 'job seekers'],
  seniors: ['seniors', 'personnes agees', 'older people'],
  other: ['autres', 'autres publics', 'other'],
};
export const REQUIRED_COLUMNS = ['reference', 'name', 'street', 'postalCode', 'city', 'peopleServed'] as const;

const KIND_WORDS: Readonly<Record<Kind, readonly string[]>> = {
  association: ['', 'association', 'asso', 'fondation', 'charity'],
  'public-body': ['public body', 'organisme public', 'collectivite', 'commune', 'mairie', 'ccas', 'ecole', 'college', 'lycee', 'etablissement scolaire', 'public'],
  company: ['company', 'entreprise', 'societe'],
};

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ').trim();
}

/** Position of each known column in the list's first line. */
export function columnsOf(headings: readonly string[]): ReadonlyMap<string, number> {
  const found = headings.map(plain);
  return new Map(
    Object.entries(HEADINGS).flatMap(([column, names]) => {
      const position = found.findIndex((heading) => names.includes(heading));
      return position < 0 ? [] : [[column, position] as const];
    }),
  );
}

/** Reads one row; refusals name every column at fault. A code that a spreadsheet robbed of its leading zero gets it back. */
export function readStructure(line: number, cells: readonly string[], columns: ReadonlyMap<string, number>): ListedStructure | RefusedRow[] {
  const refused: RefusedRow[] = [];
  const refuse = (column: string, reason: RefusedRow['reason']) => refused.push({ line, column, value: cell(column), reason });
  const cell = (column: string) => (cells[columns.get(column) ?? -1] ?? '').trim();
  const text = (column: string) => {
    if (cell(column) === '') refuse(column, 'required');
    if (cell(column).length > 200) refuse(column, 'too-long');
    return cell(column);
  };
  const count = (column: string): number | null => {
    const digits = cell(column).replaceAll(/[\s\u202f]/g, '');
    if (digits === '') return null;
    if (!/^\d{1,6}$/.test(digits)) refuse(column, 'bad-number');
    return Number(digits);
  };

  const word = plain(cell('kind'));
  const kind = Object.entries(KIND_WORDS).find(([, words]) => words.includes(word))?.[0] as Kind | undefined;
  if (!kind) refuse('kind', 'unknown-kind');
  const siren = cell('siren').replaceAll(/[\s.]/g, '') || null;
  if (siren !== null && !isSiren(siren)) refuse('siren', 'bad-siren');
  if (siren === null && kind !== 'association') refuse('siren', 'siren-required');
  const postalCode = cell('postalCode').replaceAll(' ', '').padStart(5, '0');
  if (!/^\d{5}$/.test(postalCode) || cell('postalCode') === '') refuse('postalCode', 'bad-postal-code');
  const peopleServed = count('peopleServed');
  if (peopleServed === null || peopleServed === 0) refuse('peopleServed', 'people-served-required');
  const publics = Object.fromEntries(PUBLICS.flatMap((kindOfPublic) => {
    const people = count(kindOfPublic);
    return people ? [[kindOfPublic, people]] : [];
  }));
  const structure = {
    line, reference: text('reference'), quotaPerQuarter: count('quotaPerQuarter'),
    profile: { kind: kind ?? 'association', name: text('name'), siren, street: text('street'), postalCode, city: text('city'), publics, peopleServed },
  };
  return refused.length > 0 ? refused : structure;
}

/** The first row with a reference or SIREN stands, later ones are refused. */
export function withoutTwins(structures: readonly ListedStructure[]): { kept: ListedStructure[]; refused: RefusedRow[] } {
  const seen = new Set<string>();
  const refused: RefusedRow[] = [];
  const kept = structures.filter(({ line, reference, profile: { siren } }) => {
    if (seen.has(`r${reference}`)) refused.push({ line, column: 'reference', value: reference, reason: 'reference-twice' });
    else if (siren !== null && seen.has(`s${siren}`)) refused.push({ line, column: 'siren', value: siren, reason: 'siren-twice' });
    else {
      seen.add(`r${reference}`).add(`s${siren}`);
      return true;
    }
    return false;
  });
  return { kept, refused };
}
