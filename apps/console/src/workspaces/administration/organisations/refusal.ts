import { useTranslation } from 'react-i18next';

export interface RefusedRow {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/** What begins so would be a formula to a spreadsheet. */
const FORMULA = /^[=+\-@\t\r]/;

/** A refused row of a list of structures, in words and as CSV. */
export function useRefusal() {
  const { t, i18n } = useTranslation('administration');
  const said = (key: string, otherwise: string) => (i18n.exists(key, { ns: 'administration' }) ? t(key as 'columns.name') : otherwise);
  const columnOf = ({ column }: RefusedRow) => said(`columns.${column}`, said(`publics.${column}`, column));
  const reasonOf = ({ reason }: RefusedRow) => said(`reasons.${reason}`, reason);
  const cell = (text: string) => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const csvOf = (rows: readonly RefusedRow[]) =>
    [[t('import.line'), t('import.column'), t('import.value'), t('import.why')], ...rows.map((row) => [String(row.line), columnOf(row), row.value, reasonOf(row)])].map((cells) => cells.map(cell).join(';')).join('\r\n');
  return { columnOf, reasonOf, csvOf: (rows: readonly RefusedRow[]) => `\uFEFF${csvOf(rows)}\r\n` };
}
