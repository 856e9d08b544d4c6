import { recognise } from './fields.js';
import { readList } from '../testing/read-list.js';
import { cell } from '../documents/csv.js';
import { refusalsCsv } from './refusals-csv.js';

/** One refused row of a list with these columns: column, value and code. */
async function refusalOf(header: string, row: string) {
  const { accepted, refused } = await readList(`${header}\n${row}\n`);
  expect(accepted).toEqual([]);
  return refused.map(({ column, value, code }) => [column, value, code]);
}

const HEADER = 'category;model;serial;imei;quantity';

describe('a row is refused for', () => {
  it.each([
    ['Grille-pain;x;;;1', 'category', 'Grille-pain', 'unknown-category'],
    [';x;;;1', 'category', '', 'unknown-category'],
    ['laptop;x;;;0', 'quantity', '0', 'quantity-invalid'],
    ['laptop;x;;;-2', 'quantity', '-2', 'quantity-invalid'],
    ['laptop;x;;;2,5', 'quantity', '2,5', 'quantity-invalid'],
    ['laptop;x;;;100001', 'quantity', '100001', 'quantity-invalid'],
    ['laptop;x;;;1.000', 'quantity', '1.000', 'quantity-invalid'],
    ['laptop;x;;;=1+1', 'quantity', '=1+1', 'quantity-invalid'],
    ['laptop;x;AB12;;2', 'quantity', '2', 'serial-with-quantity'],
    ['phone;x;;490154203237518;2', 'quantity', '2', 'serial-with-quantity'],
    ['laptop;x;3.56E+14;;1', 'serial', '3.56E+14', 'serial-spoilt'],
    ['phone;x;;3,56E+14;1', 'imei', '3,56E+14', 'serial-spoilt'],
    ['phone;x;;490154203237519;1', 'imei', '490154203237519', 'imei-invalid'],
    ['phone;x;;49015420323751;1', 'imei', '49015420323751', 'imei-invalid'],
    [`laptop;${'m'.repeat(501)};;;1`, 'model', 'm'.repeat(501), 'cell-too-long'],
  ])('%.40s', async (row, column, value, code) => {
    expect(await refusalOf(HEADER, row)).toEqual([[column, value, code]]);
  });

  it('a category that has no column', async () => {
    expect(await refusalOf('modèle;n° de série', 'T480;AB12')).toEqual([[null, '', 'unknown-category']]);
  });
});

describe('a row is accepted', () => {
  const one = async (row: string) => {
    const { accepted, refused } = await readList(`${HEADER}\n${row}\n`);
    expect(refused).toEqual([]);
    return accepted[0]!;
  };
  it.each(['To be filled by O.E.M.', 'N/A', '0000000', 'Default string', '-', ''])('with “%s” as no serial: a counted line', async (filler) => {
    expect(await one(`laptop;x;${filler};;4`)).toMatchObject({ serial: null, quantity: 4 });
  });
  it('with quantity 1 where none is given, and with whole numbers as people write them', async () => {
    expect((await one('laptop;x;;;')).quantity).toBe(1);
    expect((await one('laptop;x;;;1 200')).quantity).toBe(1200);
    expect((await one('laptop;x;;;1\u202F200')).quantity).toBe(1200);
    expect((await one('laptop;x;;;12,0')).quantity).toBe(12);
    expect((await one('laptop;x;;;100000')).quantity).toBe(100_000);
  });
  it('with an IMEI whatever its spacing, and with a filler for it', async () => {
    expect((await one('smartphone;x;;49 015420 323751 8;1')).imei).toBe('490154203237518');
    expect((await one('smartphone;x;;N/A;1')).imei).toBeNull();
  });
  it('with a formula as text, and without the apostrophe that our own list put before it', async () => {
    expect((await one('laptop;=cmd|x;;;1')).model).toBe('=cmd|x');
    expect((await one("laptop;'=cmd|x;;;1")).model).toBe('=cmd|x');
    expect((await one("laptop;'58 sedan;;;1")).model).toBe("'58 sedan");
  });
  it('with a cell of 500 characters', async () => {
    expect((await one(`laptop;${'m'.repeat(500)};;;1`)).model).toHaveLength(500);
  });
  it.each([
    ['2019', 2019], ['14/03/2018', 2018], ['2017-05-02', 2017], ['4/5/16', 2016], ['31.12.98', 1998], ['43831', 2020], ['mars 2021', 2021], ['inconnu', null], ['1850', null], ['', null],
  ])('with the year of “%s”', async (text, year) => {
    const { accepted } = await readList(`category;date d'achat\nlaptop;${text}\n`);
    expect(accepted[0]!.manufacturedYear).toBe(year);
  });
  it.each([['1 234,50 €', '1234.50'], ['12,98', '12.98'], ['1.234,56', '1234.56'], ['1,234.56', '1234.56'], ['300', '300'], ['environ 50', 'environ 50'], ['', null]])('with a value of “%s”', async (text, value) => {
    const { accepted } = await readList(`category\tvaleur déclarée\nlaptop\t${text}\n`);
    expect(accepted[0]!.declaredValue).toBe(value);
  });
});

describe('columns', () => {
  const fields = (...headers: string[]) => recognise(headers).map((column) => column.field);
  it('are recognised in GLPI’s exports, French and English', () => {
    expect(fields('Nom', 'Entité', 'Statut', 'Fabricant', 'Numéro de série', 'Type', 'Modèle', "Numéro d'inventaire", 'Lieu')).toEqual([
      null, null, 'condition', 'maker', 'serial', 'category', 'model', 'assetTag', null,
    ]);
    expect(fields('Name', 'Status', 'Manufacturer', 'Serial number', 'Type', 'Model', 'Inventory number')).toEqual([null, 'condition', 'maker', 'serial', 'category', 'model', 'assetTag']);
  });
  it('give a field to the surest header, then to the leftmost', () => {
    expect(fields('Type', 'Device Type', 'Model Number', 'Model name')).toEqual([null, 'category', null, 'model']);
    expect(fields('Serial', 'Serial')).toEqual(['serial', null]);
  });
  it('hold what the donor says, and nothing else', async () => {
    const text = 'Machin;Type;Truc\nS-77;laptop;T480\n';
    const list = await readList(text, { fields: ['serial', null, 'model'], category: 'desktop' });
    expect(list.accepted).toMatchObject([{ category: 'desktop', serial: 'S-77', model: 'T480' }]);
    expect(list.columns.map((column) => column.field)).toEqual(['serial', null, 'model']);
    const refused = await readList(text, { fields: ['serial', null, 'model'], category: null });
    expect(refused.refused).toMatchObject([{ code: 'unknown-category', cells: ['S-77', 'T480'] }]);
  });
  it('leave the file’s category to rows that name none', async () => {
    const list = await readList('type;model\nécran;a\nbidule;b\n', { category: 'laptop' });
    expect(list.accepted.map((row) => row.category)).toEqual(['monitor', 'laptop']);
  });
});

describe('categories', () => {
  it.each([
    ['laptop', 'Ordinateur portable', 'PC Portable', 'Laptop', 'NOTEBOOK', 'portable', 'Netbook', 'Chromebook'],
    ['desktop', 'Unité centrale', 'Ordinateur de bureau', 'PC fixe', 'Desktop', 'Tour', 'Workstation', 'Mini Tower'],
    ['all-in-one', 'Tout-en-un', 'All in One', 'AIO', 'iMac'],
    ['monitor', 'Écran', 'Moniteur LCD', 'Monitors', 'Écran 24"'],
    ['smartphone', 'Smartphone', 'iPhone'],
    ['tablet', 'Tablette', 'iPad', 'Tablets'],
    ['phone', 'Téléphone', 'Mobile phone', 'Téléphone portable'],
    ['printer', 'Imprimante laser', 'Printer', 'Imprimante tout-en-un'],
    ['accessory', 'Souris', 'Sacoche pour ordinateur portable', "Station d'accueil", 'Keyboard', 'Écran tactile : câble'],
  ])('%s', async (category, ...words) => {
    const list = await readList(`category\n${words.map((word) => `"${word.replaceAll('"', '""')}"`).join('\n')}\n`);
    expect(list.accepted.map((row) => row.category)).toEqual(words.map(() => category));
  });
});

describe('the list of refused rows', () => {
  it.each([['=1+1', "'=1+1"], ['+33', "'+33"], ['-5', "'-5"], ['@x', "'@x"], ['\tx', "'\tx"], ['a;b', '"a;b"'], ['=a"b', `"'=a""b"`], ['plain', 'plain']])('makes %j harmless', (text, safe) => {
    expect(cell(text)).toBe(safe);
  });

  it('comes back as the same rows once it is sent again', async () => {
    const file = 'category;model;serial;quantity\ngrille-pain;=EXEC();S1;1\nlaptop;T480;;"2;5"\n';
    const { refused, columns } = await readList(file);
    let csv = '';
    for await (const text of refusalsCsv(columns.map((column) => column.header), async (after) => refused.filter((row) => row.line > after), (code) => ({ fr: code, en: code }))) csv += text;
    expect(csv).toContain("'=EXEC()");
    const again = await readList(csv);
    expect(again.refused.map(({ code, value, column }) => ({ code, value, column }))).toEqual(refused.map(({ code, value, column }) => ({ code, value, column })));
    const corrected = await readList(csv.replace('grille-pain', 'laptop'));
    expect(corrected.accepted).toMatchObject([{ category: 'laptop', model: '=EXEC()', serial: 'S1' }]);
  });
});
