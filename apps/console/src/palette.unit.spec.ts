import { ACCENT, DARK, LIGHT, STATES } from './palette.js';

/** WCAG 2.2: relative luminance. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

describe.each([['light', LIGHT], ['dark', DARK]] as const)('%s', (_name, palette) => {
  it.each(STATES)('%s is readable on its own ground', (state) => {
    expect(contrast(palette.states[state].ink, palette.states[state].ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['ink', 'soft', 'accentInk'] as const)('%s is readable on paper and on what lies on it', (text) => {
    for (const ground of [palette.paper, palette.raised]) expect(contrast(palette[text], ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(STATES)('%s as text is readable on paper', (state) => {
    for (const ground of [palette.paper, palette.raised]) expect(contrast(palette.states[state].ink, ground)).toBeGreaterThanOrEqual(4.5);
  });
});

test('white is readable on the accent', () => {
  expect(contrast('#FFFFFF', ACCENT)).toBeGreaterThanOrEqual(4.5);
});
