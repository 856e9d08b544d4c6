import { canonicalLabel, labelOf } from '@lacollecte/contracts';
import { readLabels } from '../../../../fixtures/read-labels.js';
import { FORMATS, type FormatName } from './label-format.js';
import { labelsPdf } from './labels-pdf.js';

const LABELS = Array.from({ length: 40 }, (_, i) => labelOf((i * 7_368_787_001) % 32 ** 7)).filter((label) => label !== null).slice(0, 26);

it.each([['roll', 26, 1], ['sheet', 2, 24]] as const)('a %s has each label in a QR code, in a Code 128 and in writing', async (name: FormatName, pages, onFirst) => {
  const printed = await readLabels(await labelsPdf(LABELS, FORMATS[name], 'Labels'));
  expect(printed.pages).toBe(pages);
  const first = LABELS.slice(0, onFirst).sort();
  expect([printed.qr[0], printed.code128[0]]).toEqual([first, first]);
  for (const codes of [printed.qr, printed.code128]) expect(codes.flat().sort()).toEqual(LABELS.toSorted());
  expect(printed.texts.flat().flatMap((text) => canonicalLabel(text) ?? []).sort()).toEqual(LABELS.toSorted());
});
