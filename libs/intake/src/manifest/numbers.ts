// Up here, for a literal in a function is a new object at each call: hundreds of megabytes of garbage in a list of a million rows.
const BLANKS = /[\s\u00A0\u202F\u2009']/g;
const WHOLE = /^(\d{1,9})(?:[.,]0{1,2})?$/;
const CURRENCY = /^(€|EUR)|(€|EUR)$/gi;
const GROUPED = /^(\d{1,3}(?:([.,])\d{3})*)([.,])(\d{1,2})$/;
const SIMPLE = /^(\d+)(?:[.,](\d{1,2}))?$/;
const YEAR = /(?<!\d)(19[7-9]\d|20\d\d)(?!\d)/;
const SHORT_DATE = /^\d{1,2}[/.-]\d{1,2}[/.-](\d\d)(?!\d)/;
const DAY_NUMBER = /^\d{5}(?:\.\d+)?$/;

/**
 * A whole number as lists write it: `1 000`, `12`, `12,0`. Null for anything else, also for `1,000` and `1.000`, which are a
 * thousand to some and one to others.
 */
export function wholeNumber(text: string): number | null {
  const match = WHOLE.exec(text.replaceAll(BLANKS, ''));
  return match ? Number(match[1]) : null;
}

/** An amount of money with a point and no blanks (`1 234,50 €` → `1234.50`); the text itself where it is no plain amount. */
export function amount(text: string): string {
  const bare = text.replaceAll(BLANKS, '').replace(CURRENCY, '');
  const grouped = GROUPED.exec(bare);
  if (grouped && grouped[2] !== grouped[3]) return `${grouped[1]!.replaceAll(/[.,]/g, '')}.${grouped[4]}`;
  const simple = SIMPLE.exec(bare);
  if (!simple) return text;
  return simple[2] === undefined ? simple[1]! : `${simple[1]}.${simple[2]}`;
}

/** Days since 30 December 1899, as spreadsheets keep dates: those of 1970 to 2100. */
const FIRST_DAY = 25_569;
const LAST_DAY = 73_415;
const DAY_MS = 86_400_000;

/** The year of a year, a date in any order or a spreadsheet's day number; null where there is none from 1970 on. */
export function yearOf(text: string): number | null {
  const whole = YEAR.exec(text);
  if (whole) return Number(whole[1]);
  const short = SHORT_DATE.exec(text);
  if (short) return Number(short[1]) >= 70 ? 1900 + Number(short[1]) : 2000 + Number(short[1]);
  const day = DAY_NUMBER.test(text) ? Math.floor(Number(text)) : 0;
  return day >= FIRST_DAY && day <= LAST_DAY ? new Date((day - FIRST_DAY) * DAY_MS).getUTCFullYear() : null;
}
