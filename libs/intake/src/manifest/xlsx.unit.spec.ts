import ExcelJS from 'exceljs';
import { readList } from '../testing/read-list.js';

/** A workbook as a spreadsheet program saves it. */
async function workbook(fill: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  fill(book.addWorksheet('Matériel'), book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

describe('an XLSX list', () => {
  it('gives its rows: texts, numbers, dates, rich text, empty cells and the sheet’s own line numbers', async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRow(['Parc 2026']);
      sheet.addRow([]);
      sheet.addRow(['Catégorie', 'Marque', 'Modèle', 'N° de série', 'IMEI', 'Quantité', "Date d'achat", 'Remarques']);
      sheet.addRow(['PC portable', 'Dell', { richText: [{ text: 'Latitude ' }, { text: '5400', font: { bold: true } }] }, 12345678, null, null, new Date('2019-03-04T00:00:00Z'), 'à vérifier']);
      sheet.addRow([]);
      sheet.addRow(['Smartphone', null, 'X20', null, 490154203237518, 1]);
      sheet.addRow(['Écran', 'Iiyama', 'XUB', null, null, 1200]);
      sheet.addRow(['TOTAL', null, null, null, null, 1202]);
    });
    const { accepted, refused } = await readList(bytes);
    expect(refused).toEqual([]);
    expect(accepted).toMatchObject([
      { line: 4, category: 'laptop', maker: 'Dell', model: 'Latitude 5400', serial: '12345678', quantity: 1, manufacturedYear: 2019, notes: 'à vérifier' },
      { line: 6, category: 'smartphone', maker: null, imei: '490154203237518', quantity: 1, manufacturedYear: null },
      { line: 7, category: 'monitor', serial: null, quantity: 1200 },
    ]);
  });

  it('takes a formula as text, and a number that lost digits as spoilt', async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRow(['category', 'model', 'serial', 'quantity']);
      sheet.addRow(['laptop', { formula: 'A1&"x"', result: 'laptopx' }, 'S1', 1]);
      sheet.addRow(['laptop', 'a', 3.56e21, 1]);
      sheet.addRow(['laptop', 'a', 'S2', { formula: '1+1', result: 2 }]);
    });
    const { accepted, refused } = await readList(bytes);
    expect(accepted).toMatchObject([{ model: '=A1&"x"', serial: 'S1' }]);
    expect(refused.map(({ code, value }) => [code, value])).toEqual([['serial-spoilt', '3.56E+21'], ['quantity-invalid', '=1+1']]);
  });

  it('is read from the first sheet that is not hidden', async () => {
    const bytes = await workbook((sheet, book) => {
      sheet.state = 'hidden';
      sheet.addRow(['category']);
      sheet.addRow(['printer']);
      const shown = book.addWorksheet('Liste');
      shown.addRow(['category', 'quantity']);
      shown.addRow(['laptop', 3]);
    });
    expect((await readList(bytes)).accepted).toMatchObject([{ category: 'laptop', quantity: 3 }]);
  });

  it('may be thousands of rows long', async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRow(['category', 'serial']);
      for (let n = 0; n < 12_000; n++) sheet.addRow(['laptop', `SN-${n}`]);
    });
    const { accepted } = await readList(bytes);
    expect(accepted).toHaveLength(12_000);
    expect(accepted.at(-1)).toMatchObject({ line: 12_001, serial: 'SN-11999' });
  });

  it('is refused with a reason where it is damaged, cut off or another archive', async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRow(['category']);
      for (let n = 0; n < 500; n++) sheet.addRow([`laptop ${n}`]);
    });
    await expect(readList(bytes.subarray(0, bytes.length - 300))).rejects.toMatchObject({ code: 'manifest-unreadable' });
    const damaged = Buffer.from(bytes);
    const at = damaged.indexOf('xl/worksheets/sheet1.xml') + 'xl/worksheets/sheet1.xml'.length;
    damaged.fill(0xff, at, at + 40);
    await expect(readList(damaged)).rejects.toMatchObject({ code: 'manifest-unreadable' });
    const empty = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(60), Buffer.from([0x50, 0x4b, 5, 6]), Buffer.alloc(18)]);
    await expect(readList(empty)).rejects.toMatchObject({ code: 'manifest-format-unsupported' });
  });

  it('does not take more texts into memory than a list has', async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRow(['category', 'notes']);
      for (let n = 0; n < 60_000; n++) sheet.addRow(['laptop', `${n}${'z'.repeat(600)}`]);
    });
    await expect(readList(bytes)).rejects.toMatchObject({ code: 'manifest-unreadable', params: { reason: expect.stringContaining('CSV') } });
  });
});
