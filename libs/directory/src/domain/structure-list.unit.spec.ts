import { columnsOf, type ListedStructure, readStructure, type RefusedRow, withoutTwins } from './structure-list.js';

const HEADINGS = ['Référence', 'Nom de la structure', 'Type', 'SIREN', 'Adresse', 'Code postal', 'Ville', 'Personnes accompagnées', 'Quota', 'Familles', 'Étudiants'];
const GOOD = ['S-1', 'Nord Solidaire', 'Association', '', '4 rue Nationale', '59000', 'Lille', '1 200', '40', '700', ''];
const columns = columnsOf(HEADINGS);
const read = (changes: Record<number, string>) => readStructure(2, GOOD.map((cell, position) => changes[position] ?? cell), columns);

describe('a row of a list of structures', () => {
  it('is read with French headings, in any order and accents', () => {
    expect(read({})).toEqual({
      line: 2, reference: 'S-1', quotaPerQuarter: 40,
      profile: { kind: 'association', name: 'Nord Solidaire', siren: null, street: '4 rue Nationale', postalCode: '59000', city: 'Lille', publics: { families: 700 }, peopleServed: 1200 },
    });
  });

  it('is read with English headings', () => {
    expect([...columnsOf(['Reference', 'NAME', 'Postal code', 'People served', 'Great precarity']).keys()]).toEqual(['reference', 'name', 'postalCode', 'peopleServed', 'great-precarity']);
  });

  it('gets back the zero that a spreadsheet took from its postal code', () => {
    expect(read({ 5: '1000' })).toMatchObject({ profile: { postalCode: '01000' } });
  });

  it.each<[number, string, string, string]>([
    [0, '', 'reference', 'required'], [1, 'x'.repeat(201), 'name', 'too-long'], [2, 'Syndicat', 'kind', 'unknown-kind'], [3, '732829321', 'siren', 'bad-siren'],
    [2, 'Mairie', 'siren', 'siren-required'], [5, '', 'postalCode', 'bad-postal-code'], [5, '2A004', 'postalCode', 'bad-postal-code'],
    [7, '', 'peopleServed', 'people-served-required'], [7, '0', 'peopleServed', 'people-served-required'], [8, 'beaucoup', 'quotaPerQuarter', 'bad-number'],
    [9, '-3', 'families', 'bad-number'],
  ])('with %i = "%s" is refused: %s %s', (position, value, column, reason) => {
    const refused = read({ [position]: value }) as RefusedRow[];
    expect(refused).toContainEqual(expect.objectContaining({ line: 2, column, reason }));
  });

  it('names everything that is wrong with it', () => {
    expect((read({ 0: '', 5: 'x', 7: 'x' }) as RefusedRow[]).map((row) => row.column)).toEqual(['postalCode', 'peopleServed', 'reference']);
  });
});

describe('twins in one list', () => {
  const structure = (line: number, reference: string, siren: string | null) => ({ ...(read({}) as ListedStructure), line, reference, profile: { ...(read({}) as ListedStructure).profile, siren } });

  it('leave the first standing', () => {
    const { kept, refused } = withoutTwins([structure(2, 'A', '732829320'), structure(3, 'A', null), structure(4, 'B', '732829320'), structure(5, 'C', null), structure(6, 'D', null)]);
    expect(kept.map((row) => row.line)).toEqual([2, 5, 6]);
    expect(refused.map(({ line, reason }) => [line, reason])).toEqual([[3, 'reference-twice'], [4, 'siren-twice']]);
  });
});
