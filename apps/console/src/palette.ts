/** Where something stands, the same everywhere: chip, timeline, graph, charts. `left`: it left the flow, as what is recycled does. */
export const STATES = ['waiting', 'active', 'done', 'failed', 'left'] as const;
export type State = (typeof STATES)[number];

export interface Palette {
  readonly ink: string;
  /** Text of less weight. */
  readonly soft: string;
  readonly paper: string;
  /** What lies on the paper: cards, fields, the bars of the frame. */
  readonly raised: string;
  readonly line: string;
  /** The accent as text. */
  readonly accentInk: string;
  readonly states: Readonly<Record<State, { readonly ink: string; readonly ground: string }>>;
}

/** White text stands on it. */
export const ACCENT = '#0B7A75';

export const LIGHT: Palette = {
  ink: '#1B2A33', soft: '#56646C', paper: '#FBFAF7', raised: '#FFFFFF', line: '#E5E1D8', accentInk: ACCENT,
  states: {
    waiting: { ink: '#866A1D', ground: '#FFF4D6' },
    active: { ink: '#1F5F8A', ground: '#E3F1FB' },
    done: { ink: '#1E6B3C', ground: '#E3F6EA' },
    failed: { ink: '#9B2C2C', ground: '#FCE8E8' },
    left: { ink: '#5B5B66', ground: '#EEEEF1' },
  },
};

export const DARK: Palette = {
  ink: '#E8E6E0', soft: '#A9B5B2', paper: '#14201F', raised: '#1B2928', line: '#344543', accentInk: '#4FC3BD',
  states: {
    waiting: { ink: '#F0D58A', ground: '#3B3115' },
    active: { ink: '#9FCDF0', ground: '#17324A' },
    done: { ink: '#8EDCAB', ground: '#173A26' },
    failed: { ink: '#F6AFAF', ground: '#4A2020' },
    left: { ink: '#C8C8D2', ground: '#34343C' },
  },
};
