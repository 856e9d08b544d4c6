/** What maker's tools and spreadsheets write where there is no serial. */
const FILLERS = new Set([
  'N/A', 'NA', 'NONE', 'NULL', 'NIL', 'UNKNOWN', 'INCONNU', 'AUCUN', 'NÉANT', 'NEANT', 'SANS', 'SO', 'S/O', 'NC', 'N/C', 'NR', 'TBD', 'X', 'XX', 'XXX', '-', '--', '?', '.', '/',
  'TO BE FILLED BY O.E.M.', 'TO BE FILLED BY OEM', 'DEFAULT STRING', 'SYSTEM SERIAL NUMBER', 'SERIAL NUMBER', 'NOT SPECIFIED', 'NOT APPLICABLE', 'NO SERIAL',
  'INVALID', 'CHASSIS SERIAL NUMBER', 'OEM', '123456789', '0123456789', '1234567890',
]);
// Up here, for a literal in a function is a new object at each call, and lists have a million rows.
const QUOTED = /^'/;
const BLANKS = /\s+/g;
const IMEI_MARKS = /[\s./-]/g;
const IMEI = /^\d{15}$/;
const ZEROS = /^0+$/;
const ONE_CHARACTER = /^(0+|X+|-+|\.+|F+)$/;
/** With its point or its plus: `12E4567` alone is a serial like others. */
const SPREADSHEET_NUMBER = /^\d+([.,]\d+)?E\+\d+$|^\d[.,]\d+E\d+$/i;

/** A serial as we compare it: upper case, no blanks around or inside; null where it says that there is none. */
export function normaliseSerial(text: string): string | null {
  const trimmed = text.trim().replace(QUOTED, '').toUpperCase();
  if (trimmed === '' || FILLERS.has(trimmed) || ONE_CHARACTER.test(trimmed)) return null;
  return trimmed.replaceAll(BLANKS, '');
}

/** A number that a spreadsheet has shortened, such as `3.56E+14`: its digits are lost. */
export function isSpoiltBySpreadsheet(text: string): boolean {
  return SPREADSHEET_NUMBER.test(text.trim());
}

/** Luhn's check over a string of digits, its last being the check digit. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    if (i % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}

/** An IMEI as 15 digits; null where it is none, or its check digit is wrong. */
export function normaliseImei(text: string): string | null {
  const digits = text.replaceAll(IMEI_MARKS, '');
  return IMEI.test(digits) && !ZEROS.test(digits) && luhn(digits) ? digits : null;
}
