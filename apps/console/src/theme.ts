import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { DARK, LIGHT, type Palette } from './palette.js';

const ACCENT: MantineColorsTuple = ['#E7F4F3', '#CFE8E6', '#A3D3D0', '#74BCB7', '#4FC3BD', '#1F8D87', '#0B7A75', '#096B66', '#085C58', '#064744'];
/** From text to the darkest ground. */
const NIGHT: MantineColorsTuple = ['#E8E6E0', '#D2D4D0', '#B4BCB9', '#97A3A0', '#4A5B59', '#3A4A48', '#22302F', '#14201F', '#101A19', '#0B1312'];

/** CONSOLE.md's look: one accent, ink on paper, a typeface shipped with the page. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  colors: { accent: ACCENT, dark: NIGHT },
  black: LIGHT.ink,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontWeight: '620', sizes: { h1: { fontSize: '1.75rem', lineHeight: '1.25' }, h2: { fontSize: '1.25rem', lineHeight: '1.35' }, h3: { fontSize: '1.05rem', lineHeight: '1.4' } } },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    // A <header> in a window would be a second banner of the page.
    ModalHeader: { defaultProps: { component: 'div' } },
    Modal: { styles: { title: { fontWeight: 620, fontSize: '1.1rem' } } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: variables(LIGHT), dark: variables(DARK) });

function variables({ ink, soft, paper, raised, line, accentInk, states }: Palette): Record<string, string> {
  const ofStates = Object.entries(states).flatMap(([state, { ink: text, ground }]) => [[`--lc-${state}-ink`, text], [`--lc-${state}-ground`, ground]]);
  return {
    '--mantine-color-text': ink,
    '--mantine-color-body': paper,
    '--mantine-color-dimmed': soft,
    '--mantine-color-placeholder': soft,
    '--mantine-color-anchor': accentInk,
    '--mantine-color-error': states.failed.ink,
    '--mantine-color-default-border': line,
    '--lc-raised': raised,
    '--lc-line': line,
    '--lc-accent-ink': accentInk,
    ...Object.fromEntries(ofStates),
  };
}
