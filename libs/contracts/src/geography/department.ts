import { PREFECTURES } from './prefectures.js';

/** Named wherever kilometres are shown. */
export const DISTANCE_SOURCE = 'GeoNames (CC BY 4.0), great circle between préfectures × 1.3';

export interface Department {
  readonly code: string;
  readonly prefecture: string;
  /** INSEE region, none in overseas collectivities. */
  readonly region: string | null;
  readonly latitude: number;
  readonly longitude: number;
}

const DEPARTMENTS: ReadonlyMap<string, Department> = new Map(
  PREFECTURES.map(([code, prefecture, region, latitude, longitude]) => [code, { code, prefecture, region, latitude, longitude }]),
);

/** Two islands of Guadeloupe's numbering became collectivities of their own in 2007 and kept their postal codes. */
const OWN_CODES: Readonly<Record<string, string>> = { '97133': '977', '97150': '978' };

/**
 * The département of a French postal code, or null where there is none (army, Monaco, unknown). Corsica: 200xx and 201xx are
 * Corse-du-Sud (2A), 202xx and 206xx Haute-Corse (2B); overseas takes three figures.
 */
export function departmentOf(postalCode: string): string | null {
  const code = OWN_CODES[postalCode] ?? prefix(postalCode);
  return DEPARTMENTS.has(code) ? code : null;
}

function prefix(postalCode: string): string {
  if (/^20[01]/.test(postalCode)) return '2A';
  if (/^20[26]/.test(postalCode)) return '2B';
  return postalCode.startsWith('97') || postalCode.startsWith('98') ? postalCode.slice(0, 3) : postalCode.slice(0, 2);
}

export function department(code: string | null): Department | null {
  return (code !== null && DEPARTMENTS.get(code)) || null;
}

const EARTH_RADIUS_KM = 6371;
/** Roads are about 1.3 times as long as the great circle. */
const DETOUR = 1.3;

/** Kilometres by road, estimated, between the préfectures of two départements; 0 within one; null where one is unknown. */
export function kilometres(from: string | null, to: string | null): number | null {
  const a = department(from);
  const b = department(to);
  if (!a || !b) return null;
  const rad = Math.PI / 180;
  const half = (x: number) => Math.sin((x * rad) / 2) ** 2;
  const h = half(b.latitude - a.latitude) + Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * half(b.longitude - a.longitude);
  return Math.round(2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(h)) * DETOUR);
}
