import { labelOf } from '@lacollecte/contracts';
import { fromScanner, meant, scannedIn, type Stroke } from './typed.js';

/** What an AZERTY layout makes of a key's place. */
const AZERTY: Readonly<Record<string, string>> = {
  KeyQ: 'a', KeyA: 'q', KeyW: 'z', KeyZ: 'w', KeyM: ',', Semicolon: 'm', Minus: ')', Digit1: '&', Digit2: 'é', Digit3: '"', Digit4: "'", Digit5: '(', Digit6: '-', Digit7: 'è', Digit8: '_', Digit9: 'ç', Digit0: 'à',
};
const place = (character: string) => (/\d/.test(character) ? `Digit${character}` : character === '-' ? 'Minus' : `Key${character.toUpperCase()}`);

/** An American scanner on a computer with this layout. */
function strokes(text: string, layout: Readonly<Record<string, string>>, everyMs = 5): Stroke[] {
  return [...text].map((character, i) => {
    const code = place(character);
    const shift = /[A-Z]/.test(character);
    const key = layout[code] ?? character.toLowerCase();
    return { code, shift, key: shift ? key.toUpperCase() : key, at: i * everyMs };
  });
}
const shown = (typed: readonly Stroke[]) => typed.map(({ key }) => key).join('');
const labels = Array.from({ length: 300 }, (_, i) => labelOf(1_000_003 * (i + 1))).filter((label) => label !== null);

it.each([['French', AZERTY], ['American', {}]])('reads every label of an American scanner on a %s keyboard', (_, layout) => {
  for (const label of labels) {
    const typed = strokes(label, layout);
    expect(meant(shown(typed), typed)).toBe(label);
  }
});

it('reads a label of a French scanner on a French keyboard, where the places mislead', () => {
  const label = labels[0]!;
  const typed = strokes(label, {}).map((stroke) => ({ ...stroke, code: 'Semicolon' }));
  expect(meant(label, typed)).toBe(label);
});

it('reads a serial by its places where the layout made nonsense of it, and leaves alone what a person types', () => {
  const serial = strokes('5cg8370-MWA', AZERTY);
  expect(shown(serial)).toBe('(cg_"èà)?ZQ'.replace('?', ','));
  expect(meant(shown(serial), serial)).toBe('5cg8370-MWA');
  const slow = strokes('7-a', AZERTY, 300);
  expect(meant(' é-q ', slow)).toBe('é-q');
  expect(meant('5CG8370', strokes('5CG8370', {}))).toBe('5CG8370');
});

it('knows a scanner by its speed', () => {
  expect([fromScanner(strokes('12345', {}, 10)), fromScanner(strokes('12345', {}, 120)), fromScanner(strokes('12', {}, 5)), fromScanner([])]).toEqual([true, false, false, false]);
});

test('a scan is told from what somebody typed before it, and a label from another text', () => {
  const later = (scan: readonly Stroke[], ms: number) => scan.map((stroke) => ({ ...stroke, at: stroke.at + ms }));
  const typed = strokes('shredos', {}, 180);
  const scan = later(strokes(labels[0]!, AZERTY), 180 * 6 + 300);
  expect(scannedIn(typed)).toBeNull();
  expect(scannedIn([])).toBeNull();
  expect(scannedIn([...typed, ...scan])).toEqual({ text: labels[0], label: true });
  expect(scannedIn(strokes('S4EWNX0R', {}))).toEqual({ text: 'S4EWNX0R', label: false });
});
