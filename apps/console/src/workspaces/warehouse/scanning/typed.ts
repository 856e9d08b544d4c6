import { canonicalLabel } from '@lacollecte/contracts';

/** A key as the browser tells it: `code` is its place on an American keyboard, `key` what the computer's layout makes of it. */
export interface Stroke {
  readonly key: string;
  readonly code: string;
  readonly shift: boolean;
  /** In milliseconds. */
  readonly at: number;
}

/** Nobody types as fast as a scanner, on average a key. */
const SCANNER_MS = 40;
const LEAST_STROKES = 4;
const SIGNS: Readonly<Record<string, string>> = { Minus: '-', Slash: '/', Period: '.', Space: ' ', NumpadSubtract: '-', NumpadDecimal: '.', NumpadDivide: '/' };
/** In no label and no serial: the layout made something else of it. */
const STRANGE = /[^\w\-./ ]/;

export function fromScanner(strokes: readonly Stroke[]): boolean {
  const [first, last] = [strokes[0], strokes.at(-1)];
  return first !== undefined && last !== undefined && strokes.length >= LEAST_STROKES && (last.at - first.at) / (strokes.length - 1) < SCANNER_MS;
}

/** The keys' places read as an American keyboard, which is how scanners type unless told otherwise. */
function american(strokes: readonly Stroke[]): string {
  return strokes.map(({ code, shift }) => {
    const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
    if (letter !== undefined) return shift ? letter : letter.toLowerCase();
    const [, digit] = /^(?:Digit|Numpad)(\d)$/.exec(code) ?? [];
    return digit ?? SIGNS[code] ?? '';
  }).join('');
}

/**
 * What was meant: a label is recognised by its check character, through either layout; anything else is what stands in the field,
 * unless a scanner typed what no identifier has.
 */
export function meant(text: string, strokes: readonly Stroke[]): string {
  const places = american(strokes);
  const label = canonicalLabel(text) ?? canonicalLabel(places);
  if (label !== null) return label;
  return fromScanner(strokes) && places !== '' && STRANGE.test(text) ? places : text.trim();
}

/** Between the keys of two who type: a pause that no scanner makes. */
const PAUSE_MS = 250;

/** What a scanner has typed last, of all that was typed; null where nobody scanned. */
export function scannedIn(strokes: readonly Stroke[]): { readonly text: string; readonly label: boolean } | null {
  const begin = strokes.findLastIndex(({ at }, i) => at - (strokes[i - 1]?.at ?? -PAUSE_MS) >= PAUSE_MS);
  const last = strokes.slice(Math.max(begin, 0));
  if (!fromScanner(last)) return null;
  const text = meant(last.map(({ key }) => key).join(''), last);
  return { text, label: canonicalLabel(text) !== null };
}
