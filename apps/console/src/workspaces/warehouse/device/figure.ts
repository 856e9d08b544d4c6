/** A number as somebody typed it, with comma or point; null where nothing was, `NaN` where it is none. */
export function figureIn(text: string): number | null {
  const typed = text.trim().replace(/\s/g, '').replace(',', '.');
  if (typed === '') return null;
  return /^\d+(\.\d+)?$/.test(typed) ? Number(typed) : Number.NaN;
}

export const figureText = (value: number | null | undefined): string => (value === null || value === undefined ? '' : String(value));
