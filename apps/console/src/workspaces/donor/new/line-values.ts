import type { Category } from '@lacollecte/contracts';
import { Problem } from '../../../api/problem.js';
import type { paths } from '../../../api/generated/intake.js';

export type Line = paths['/api/intake/lots/{lotId}/lines']['get']['responses'][200]['content']['application/json']['items'][number];
export type TypedLine = NonNullable<paths['/api/intake/lots/{lotId}/lines']['post']['requestBody']>['content']['application/json']['lines'][number];

export const LINE_TEXTS = ['maker', 'model', 'serial', 'imei', 'condition', 'notes'] as const;
const KEPT_TEXTS = [...LINE_TEXTS, 'assetTag', 'declaredValue'] as const;

/** A line as it is typed. What the form has no field for goes with it unseen. */
export type LineValues = { readonly category: Category | ''; readonly quantity: string; readonly manufacturedYear: string } & { readonly [text in (typeof KEPT_TEXTS)[number]]: string };

export function valuesOf(given: { readonly [field: string]: unknown }): LineValues {
  const text = (field: string) => String(given[field] ?? '');
  return { ...(Object.fromEntries(KEPT_TEXTS.map((field) => [field, text(field)])) as Omit<LineValues, 'category' | 'quantity' | 'manufacturedYear'>), category: text('category') as Category | '', quantity: text('quantity') || '1', manufacturedYear: text('manufacturedYear') };
}

/** As the service takes it. A year that is none is left out: it was of use to nobody. */
export function lineOf({ category, quantity, manufacturedYear, ...texts }: LineValues): TypedLine {
  const year = Number(manufacturedYear);
  const said = Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, text.trim() === '' ? null : text.trim()]));
  return { ...said, category: category as Category, quantity: Number(quantity), manufacturedYear: Number.isInteger(year) && year >= 1970 && year <= 2100 ? year : null };
}

/** Why each field was refused; a serial that stands elsewhere is the serial's fault, although the service refuses all with it. */
export function faultsOf(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Problem)) return {};
  if (error.code === 'serial-in-open-lot') return { serial: error.title };
  return Object.fromEntries(error.errors.flatMap(({ pointer, detail }) => (pointer && detail ? [[pointer.split('/').at(-1)!, detail]] : [])));
}
