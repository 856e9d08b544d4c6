/** What a spreadsheet would calculate instead of show. */
const CALCULATED = /^[=+\-@\t\r]/;

/** Before everything: spreadsheets take the file for UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** A cell that no spreadsheet runs as a formula: a leading apostrophe makes it text. */
export function cell(text: string): string {
  const safe = CALCULATED.test(text) ? `'${text}` : text;
  return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** For spreadsheets set to French: `;` between cells. */
export const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map((value) => cell(String(value ?? ''))).join(';')}\r\n`;
