import type { Sheet } from '../scanning/steps.js';

/** What a sheet says in words. */
export const TEXTS = ['maker', 'model', 'serial', 'imei', 'assetTag'] as const;
export type EditValues = Readonly<Record<(typeof TEXTS)[number], string>> & Pick<Sheet, 'category'>;

export const valuesOf = (sheet: Sheet): EditValues => ({ category: sheet.category, ...(Object.fromEntries(TEXTS.map((name) => [name, sheet[name] ?? ''])) as Record<(typeof TEXTS)[number], string>) });
