const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What a French keyboard gives for what a scanner types as if it were an American one. */
const FROM_FRENCH: Readonly<Record<string, string>> = {
  à: '0', '&': '1', é: '2', '"': '3', "'": '4', '(': '5', '-': '6', è: '7', _: '8', ç: '9', ')': '-', '°': '-',
  a: 'Q', q: 'A', z: 'W', w: 'Z', ',': 'M', '?': 'M',
};
const ONLY_FRENCH = /[àéèç&"'(_)°,?]/i;

/**
 * The canonical label (`LC-7K3M-9QAT`) of what was scanned or typed, in any case and spacing and through a French keyboard;
 * null where it is none or its check character (Crockford, the seven before it modulo 37) is wrong.
 */
export function canonicalLabel(scanned: string): string | null {
  const trimmed = scanned.trim().normalize('NFC');
  const typed = ONLY_FRENCH.test(trimmed) ? [...trimmed.toLowerCase()].map((c) => FROM_FRENCH[c] ?? c).join('') : trimmed;
  const code = /^LC([0-9A-Z]{7})([0-9A-Z])$/.exec(typed.toUpperCase().replaceAll(/[\s-]/g, ''));
  if (!code) return null;
  const [body, check] = [code[1], code[2]].map((part = '') => part.replaceAll(/[IL]/g, '1').replaceAll('O', '0')) as [string, string];
  const digits = [...body].map((c) => DIGITS.indexOf(c));
  if (digits.includes(-1) || DIGITS[digits.reduce((rest, digit) => (rest * 32 + digit) % 37, 0)] !== check) return null;
  return `LC-${body.slice(0, 4)}-${body.slice(4)}${check}`;
}
