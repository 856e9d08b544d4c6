import { Readable } from 'node:stream';
import { readStructureList } from './read-structure-list.js';

const LINES = [
  ['Référence', 'Nom', 'Adresse', 'Code postal', 'Ville', 'Personnes accompagnées', 'Familles'],
  ['S-1', 'Épicerie solidaire', '12, rue du Port', '13003', 'Marseille', '120', '80'],
  ['S-2', 'La "Ruche"', '3 place Sans Nom', '1000', 'Bourg-en-Bresse', 'plein', ''],
];
const csv = (delimiter: string, eol = '\n') =>
  LINES.map((cells) => cells.map((cell) => (cell.includes(delimiter) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)).join(eol);
const read = (bytes: Buffer | string) => readStructureList(Readable.from([bytes]));

describe('a CSV list of structures', () => {
  it.each([
    [';', '\r\n', 'utf8'], [',', '\n', 'utf8'], ['\t', '\r', 'utf8'], [';', '\n', 'latin1'],
  ] as const)('separated by %j, lines by %j, in %s, is read', async (delimiter, eol, encoding) => {
    const { kept, refused } = await read(Buffer.from(csv(delimiter, eol), encoding));
    expect(kept).toMatchObject([{ line: 2, reference: 'S-1', profile: { name: 'Épicerie solidaire', street: '12, rue du Port', publics: { families: 80 } } }]);
    expect(refused).toEqual([
      { line: 3, column: 'peopleServed', value: 'plein', reason: 'bad-number' },
    ]);
  });

  it('may begin with a byte order mark and hold blank lines', async () => {
    const { kept } = await read(`\uFEFF${csv(';').replace('\n', '\n\n;;;;;;\n')}\n\n`);
    expect(kept.map((row) => row.line)).toEqual([4]);
  });

  it.each([
    ['nothing', '', 'import-column-missing'],
    ['no column of people', 'Référence;Nom;Adresse;Code postal;Ville\nS;N;A;13003;M', 'import-column-missing'],
    ['more rows than one transaction takes', `${csv(';')}\n${'x;y;z;13003;M;1;\n'.repeat(2000)}`, 'import-too-large'],
    ['more bytes', `${csv(';')}\n${'x'.repeat(5_000_001)}`, 'import-too-large'],
    ['a quote that never ends', `${csv(';')}\n"S-3;Nom`, 'import-unreadable'],
  ])('with %s is refused', async (_what, text, code) => {
    await expect(read(text)).rejects.toMatchObject({ code });
  });
});
