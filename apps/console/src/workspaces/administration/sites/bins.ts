/** `A-01..A-12`: what stands before the numbers is the same. */
const RANGE = /^(.*?)(\d+)\.\.(.*?)(\d+)$/;
/** More is no shelf but a slip of the keyboard; the server takes 2,000 of a site. */
const LONGEST_RANGE = 2500;

/** Codes of bins as they are typed: apart by spaces, commas or lines; `A-01..A-12` stands for twelve. */
export function binsOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((code) => code !== '').flatMap((code) => series(code) ?? [code]);
}

function series(code: string): string[] | null {
  const [, before, first = '', again, last = ''] = RANGE.exec(code) ?? [];
  const count = Number(last) - Number(first) + 1;
  if (before === undefined || before !== again || count < 1 || count > LONGEST_RANGE) return null;
  return Array.from({ length: count }, (_, i) => before + String(Number(first) + i).padStart(first.length, '0'));
}
