/** A French company number: nine digits whose Luhn sum (from the right, every second digit doubled) is a multiple of ten. */
export function isSiren(value: string): boolean {
  if (!/^\d{9}$/.test(value) || value === '000000000') return false;
  const sum = [...value].reduce((total, digit, position) => {
    const n = Number(digit) * (position % 2 === 1 ? 2 : 1);
    return total + (n > 9 ? n - 9 : n);
  }, 0);
  return sum % 10 === 0;
}
