import iconv from 'iconv-lite';
import { describeShared, fixture, readList } from '../testing/read-list.js';
import { decode } from './decode.js';
import { MOST_ROWS, PART_ROWS, readManifest } from './read-manifest.js';
import { inMemory } from './source.js';

const kept = (columns: readonly { header: string; field: string | null }[]) => Object.fromEntries(columns.flatMap(({ header, field }) => (field ? [[header, field]] : [])));

describeShared('lists of other people’s tools', (shared) => {
  it('parc-240-portables-cp1252.csv', async () => {
    const bytes = shared('parc-240-portables-cp1252.csv');
    const list = await readList(bytes);
    expect([list.accepted.length, list.refused.length, list.devices]).toEqual([240, 0, 240]);
    expect(list.accepted[0]).toMatchObject({ line: 2, category: 'laptop', maker: 'Dell', serial: 'ESH7460', declaredValue: '12.98' });
    expect(new Set(list.accepted.map((row) => row.category))).toContain('monitor');
  });
  it('lot-by-quantity-utf8-bom.csv', async () => {
    const bytes = shared('lot-by-quantity-utf8-bom.csv');
    const list = await readList(bytes);
    expect([list.accepted.length, list.refused.length, list.devices]).toEqual([13, 0, 490]);
  });
  it('ereuse-export-devices.csv', async () => {
    const bytes = shared('ereuse-export-devices.csv');
    const list = await readList(bytes);
    expect(list.accepted).toMatchObject([{ category: 'laptop', maker: 'asustek computer inc.', model: '1001pxd', serial: 'B8OAAS048285', quantity: 1 }]);
    expect(list.refused).toEqual([]);
  });
  it('snipeit-assets-blanks.csv', async () => {
    const bytes = shared('snipeit-assets-blanks.csv');
    const before = await readList(bytes);
    expect([before.accepted.length, before.refused.length]).toEqual([0, 200]);
    expect(new Set(before.refused.map((row) => row.code))).toEqual(new Set(['unknown-category']));
    const after = await readList(bytes, { category: 'laptop' });
    expect([after.accepted.length, after.refused.length]).toEqual([200, 0]);
  });
});

describe('lists in the same shapes', () => {
  it('reads a French spreadsheet in Windows-1252 with decimal commas', async () => {
    const list = await readList(fixture('parc-240.csv'));
    expect([list.accepted.length, list.refused.length, list.devices]).toEqual([240, 0, 240]);
    expect(new Set(list.accepted.map((row) => row.serial)).size).toBe(240);
    expect(list.accepted.every((row) => row.category === 'laptop' && /^\d+\.\d\d$/.test(row.declaredValue ?? ''))).toBe(true);
    expect(list.accepted.map((row) => row.condition)).toContain('Écran rayé');
    expect(kept(list.columns)).toEqual({
      'Type de matériel': 'category', Marque: 'maker', Modèle: 'model', 'N° de série': 'serial', État: 'condition', 'Valeur nette comptable (€)': 'declaredValue',
    });
  });

  it('reads counted lines in UTF-8 with a mark', async () => {
    const list = await readList(fixture('counted-utf8-bom.csv'));
    expect([list.accepted.length, list.devices]).toEqual([7, 233]);
    expect(list.accepted[1]).toMatchObject({ serial: null, quantity: 18, notes: 'six without charger, all with battery' });
  });

  it('reads the wide export of a device hub: the device, not its parts', async () => {
    const list = await readList(fixture('wide-export.csv'));
    expect(list.accepted).toMatchObject([{ category: 'laptop', maker: 'acer', model: 'travelmate b117', serial: '4CTW821X' }]);
  });

  it('reads the export of an asset manager, where lines end in CR alone, once a category is said', async () => {
    const refused = (await readList(fixture('asset-manager-cr.csv'))).refused;
    expect(refused).toHaveLength(12);
    expect(refused[0]).toMatchObject({ line: 2, column: 'Category', code: 'unknown-category' });
    const list = await readList(fixture('asset-manager-cr.csv'), { category: 'desktop' });
    expect(list.accepted).toHaveLength(12);
    expect(list.accepted[0]).toMatchObject({ category: 'desktop', notes: 'Rayures, coin gauche', manufacturedYear: 2015 });
    // Who used it is not kept.
    expect(JSON.stringify(list.accepted)).not.toMatch(/Personne|exemple/);
  });

  it('skips titles, blank lines, repeated headers and totals, and lists what it refuses', async () => {
    const list = await readList(fixture('messy.csv'));
    expect(list.accepted.map(({ line, category, serial, quantity }) => ({ line, category, serial, quantity }))).toEqual([
      { line: 6, category: 'laptop', serial: 'QW3RT77', quantity: 1 },
      { line: 7, category: 'laptop', serial: null, quantity: 1 },
      { line: 8, category: 'monitor', serial: null, quantity: 1200 },
      { line: 12, category: 'desktop', serial: null, quantity: 3 },
      // Given twice: only the database knows, for a list may have a million.
      { line: 14, category: 'laptop', serial: 'QW3RT77', quantity: 1 },
    ]);
    expect(list.refused.map(({ line, column, value, code }) => ({ line, column, value, code }))).toEqual([
      { line: 11, column: 'Qté', value: '2', code: 'serial-with-quantity' },
      { line: 13, column: 'Catégorie', value: 'Machine à café', code: 'unknown-category' },
      { line: 15, column: 'N° série', value: '3,56E+14', code: 'serial-spoilt' },
    ]);
    expect(list.refused[2]!.cells).toEqual(['PC portable', 'Dell', '=HYPERLINK("x")', '3,56E+14', '1']);
  });
});

describe('any encoding, delimiter and line ending', () => {
  const text = 'Catégorie;Modèle;N° de série;Remarque\nÉcran;P2419H – 24";AB1234;"dit « œil », 5 €\nà vérifier"\nPC portable;T480;CD5678;\n';
  const encodings = { 'utf-8': [], 'utf-8 with mark': [0xef, 0xbb, 0xbf], win1252: [], 'utf-16le': [], 'utf-16be': [], 'utf-16le with mark': [0xff, 0xfe], 'utf-16be with mark': [0xfe, 0xff] };
  const bytesOf = (name: string, mark: number[], content: string) => Buffer.concat([Buffer.from(mark), iconv.encode(content, name.split(' ')[0]!)]);

  it.each(Object.entries(encodings))('%s', async (name, mark) => {
    for (const delimiter of [';', ',', '\t']) {
      for (const ending of ['\n', '\r\n', '\r']) {
        const content = text.replaceAll('dit « œil », 5 €', 'dit « œil » 5 €').replaceAll(';', delimiter).replaceAll('\n', ending);
        const list = await readList(bytesOf(name, mark, content));
        expect(list.accepted.map(({ line, category, model, serial, notes }) => ({ line, category, model, serial, notes }))).toEqual([
          { line: 2, category: 'monitor', model: 'P2419H – 24"', serial: 'AB1234', notes: `dit « œil » 5 €${ending}à vérifier` },
          { line: 4, category: 'laptop', model: 'T480', serial: 'CD5678', notes: null },
        ]);
      }
    }
  });

  it('decides between UTF-8 and Windows-1252 at the first character that is not ASCII, wherever it is cut', async () => {
    async function* cut(bytes: Buffer, step: number) {
      for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
    }
    for (const encoding of ['utf-8', 'win1252', 'utf-16le']) {
      for (const step of [5, 7, 64]) {
        let read = '';
        for await (const part of decode(cut(iconv.encode(`${'a'.repeat(200)}é${'b'.repeat(9)}œuvre €`, encoding), step))) read += part;
        expect({ encoding, step, read }).toEqual({ encoding, step, read: `${'a'.repeat(200)}é${'b'.repeat(9)}œuvre €` });
      }
    }
    let last = '';
    for await (const part of decode(cut(Buffer.from('ends in \u00e9', 'latin1'), 4))) last += part;
    expect(last).toBe('ends in é');
  });

  it('mixes line endings, and keeps a quote inside a cell', async () => {
    const list = await readList('category,model,quantity\r\nlaptop,15" screen,2\rmonitor,"a ""b"", c",3\nlaptop,"x"y,1');
    expect(list.accepted.map((row) => row.model)).toEqual(['15" screen', 'a "b", c', 'xy']);
  });
});

describe('what cannot be read', () => {
  const expectRefusal = (bytes: Buffer | string, code: string) => expect(readList(bytes)).rejects.toMatchObject({ code });
  it('is XLS, ODS, a picture, a page or a PDF', async () => {
    const zip = (name: string) => Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(26), Buffer.from(name)]);
    await expectRefusal(zip('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'), 'manifest-format-unsupported');
    await expectRefusal(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), 'manifest-format-unsupported');
    await expectRefusal(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), 'manifest-format-unsupported');
    await expectRefusal('<html><table><tr><td>category</td></tr></table>', 'manifest-format-unsupported');
    await expectRefusal('%PDF-1.7', 'manifest-format-unsupported');
  });
  it('is a list without a header that is known', async () => {
    await expectRefusal('rouge;vert\n1;2\n', 'manifest-no-header');
    await expectRefusal('', 'manifest-no-header');
  });
  it('is a list with a quotation mark that is never closed, said with its line', async () => {
    await expect(readList('category;model\nlaptop;T480\nlaptop;"T490\nlaptop;x\n')).rejects.toMatchObject({ code: 'manifest-unreadable', params: { reason: expect.stringContaining('3') } });
    await expectRefusal(`category;model\nlaptop;"${'x\n'.repeat(300_000)}`, 'manifest-unreadable');
  });
  it(`is a list of more than ${MOST_ROWS} rows`, async () => {
    const list = await readManifest(inMemory(Buffer.from(`category\n${'laptop\n'.repeat(MOST_ROWS + 1)}`)), { fields: null, category: null });
    let rows = 0;
    const drain = async () => {
      for await (const part of list.parts) {
        expect(part.accepted).toHaveLength(PART_ROWS);
        rows += part.accepted.length;
      }
    };
    await expect(drain()).rejects.toMatchObject({ code: 'manifest-too-many-rows' });
    expect(rows).toBe(MOST_ROWS);
  });
});
