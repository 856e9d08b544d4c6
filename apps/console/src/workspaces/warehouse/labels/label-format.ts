/** In millimetres. `grid`: labels on a page, from its top left corner. */
export interface LabelFormat {
  readonly page: { readonly width: number; readonly height: number };
  readonly label: { readonly width: number; readonly height: number };
  readonly grid: { readonly columns: number; readonly rows: number; readonly top: number };
}

/** A label printer's roll, a page a label; or sheets of 24 for an office printer (3 × 8 of 70 × 37 mm, no gaps between). */
export const FORMATS = {
  roll: { page: { width: 62, height: 29 }, label: { width: 62, height: 29 }, grid: { columns: 1, rows: 1, top: 0 } },
  sheet: { page: { width: 210, height: 297 }, label: { width: 70, height: 37 }, grid: { columns: 3, rows: 8, top: 0.5 } },
} as const satisfies Record<string, LabelFormat>;
export type FormatName = keyof typeof FORMATS;

/**
 * Where things are on a label of 62 × 29 mm; larger ones have it larger. A bar of 0.25 mm is two dots of a printer of 203 dpi; both codes have
 * their quiet zones: 4 modules around the QR code, 10 at the ends of the bars.
 */
export const DESIGN = {
  width: 62, height: 29,
  qr: { x: 3, y: 2.4, module: 0.6 },
  name: { x: 18.4, baseline: 8.6, size: 5.4 },
  owner: { x: 18.4, baseline: 13.2, size: 2.6 },
  bars: { y: 17.4, height: 9.4, module: 0.25 },
} as const;
export const OWNER = 'LaCollecte';

/** How the design lies on a label of this format: enlarged, and in its middle. */
export function placement({ label }: LabelFormat): { readonly scale: number; readonly x: number; readonly y: number } {
  const scale = Math.min(label.width / DESIGN.width, label.height / DESIGN.height);
  return { scale, x: (label.width - DESIGN.width * scale) / 2, y: (label.height - DESIGN.height * scale) / 2 };
}
