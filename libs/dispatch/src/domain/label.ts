const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What a scanner set to a US keyboard types on a French one. */
const FRENCH: Readonly<Record<string, string>> = {
  '&': '1', É: '2', '"': '3', "'": '4', '(': '5', '-': '6', È: '7', _: '8', Ç: '9', À: '0', ')': '-', A: 'Q', Q: 'A', Z: 'W', W: 'Z', '?': 'M', ',': 'M',
};

/**
 * The canonical label (`LC-7K3M-9QAT`) of what was scanned or typed; null where it is none: the last character is Crockford's
 * check, modulo 37, over the seven before it.
 */
export function canonicalLabel(scanned: string): string | null {
  let text = scanned.trim().normalize('NFC').toUpperCase();
  if (/[)&ÉÈÇÀ"'(_?]/.test(text)) text = [...text].map((c) => FRENCH[c] ?? c).join('');
  const code = /^LC([0-9A-Z]{8})$/.exec(text.replace(/[\s-]/g, ''))?.[1]?.replace(/[IL]/g, '1').replaceAll('O', '0');
  if (!code) return null;
  let value = 0;
  for (const character of code.slice(0, 7)) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) return null;
    value = (value * 32 + digit) % 37;
  }
  return DIGITS[value] === code[7] ? `LC-${code.slice(0, 4)}-${code.slice(4)}` : null;
}
