import { BYTE_ORDER_MARK, csvLine } from '../documents/csv.js';

/** Headers of what we add; none of them is recognised as a column when the corrected file comes back. */
const ADDED = ['Refus : ligne', 'Refus : colonne', 'Refus : valeur', 'Refus : motif', 'Refusal: reason'];

interface Row {
  readonly line: number;
  readonly column: string | null;
  readonly value: string;
  readonly code: string;
  readonly cells: readonly string[];
}

/**
 * Refused rows as a file to correct and send again: what was kept of each row under its own headers, then where and why. For
 * spreadsheets set to French: a byte order mark, `;`, and no formula.
 * @param read the rows after a line, in their order; none at the end
 */
export async function* refusalsCsv(
  headers: readonly string[], read: (afterLine: number) => Promise<readonly Row[]>, reason: (code: string) => { fr: string; en: string },
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine([...headers, ...ADDED]);
  for (let rows = await read(0); rows.length > 0; rows = await read(rows.at(-1)!.line)) {
    yield rows.map((row) => {
      const { fr, en } = reason(row.code);
      return csvLine([...headers.map((_, i) => row.cells[i] ?? ''), String(row.line), row.column ?? '', row.value, fr, en]);
    }).join('');
  }
}
