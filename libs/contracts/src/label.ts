/** Crockford's base 32: no I, L, O, U. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BODY_DIGITS = 7;
/** How many numbers a label can carry; about one in seven is never issued. */
export const LABEL_NUMBERS = 32 ** BODY_DIGITS;

/** What a French keyboard gives for what a scanner types as if it were an American one. */
const FROM_FRENCH: Readonly<Record<string, string>> = {
  à: '0', '&': '1', é: '2', '"': '3', "'": '4', '(': '5', '-': '6', è: '7', _: '8', ç: '9', ')': '-', '°': '-',
  a: 'Q', q: 'A', z: 'W', w: 'Z', ',': 'M', '?': 'M',
};
const ONLY_FRENCH = /[àéèç&"'(_)°,?]/i;

/** Crockford's check: the body modulo 37, as a digit; undefined where it would be one of `* ~ $ = U`. */
function checkOf(body: string): string | undefined {
  let rest = 0;
  for (const character of body) rest = (rest * 32 + DIGITS.indexOf(character)) % 37;
  return DIGITS[rest];
}

/** The label of a number from 0 to 32^7 − 1, such as `LC-7K3M-9QAT`; null for a number that is never issued. */
export function labelOf(number: number): string | null {
  if (!Number.isInteger(number) || number < 0 || number >= LABEL_NUMBERS) throw new RangeError(`no label has the number ${number}`);
  let body = '';
  for (let rest = number, i = 0; i < BODY_DIGITS; i++, rest = Math.floor(rest / 32)) body = DIGITS[rest % 32]! + body;
  const check = checkOf(body);
  return check === undefined ? null : `LC-${body.slice(0, 4)}-${body.slice(4)}${check}`;
}

/**
 * The canonical label of what was scanned or typed, in any case and spacing and through a French keyboard; null where it is
 * none, or its check character is wrong.
 */
export function canonicalLabel(scanned: string): string | null {
  const trimmed = scanned.trim().normalize('NFC');
  const typed = ONLY_FRENCH.test(trimmed) ? [...trimmed.toLowerCase()].map((c) => FROM_FRENCH[c] ?? c).join('') : trimmed;
  const code = /^LC([0-9A-Z]{8})$/.exec(typed.toUpperCase().replaceAll(/[\s-]/g, ''))?.[1];
  const digits = code?.replaceAll(/[IL]/g, '1').replaceAll('O', '0');
  if (digits === undefined || [...digits].some((character) => !DIGITS.includes(character))) return null;
  const [body, check] = [digits.slice(0, BODY_DIGITS), digits.slice(BODY_DIGITS)];
  return checkOf(body) === check ? `LC-${body.slice(0, 4)}-${body.slice(4)}${check}` : null;
}
