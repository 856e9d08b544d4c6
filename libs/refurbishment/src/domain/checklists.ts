import type { Category } from '@lacollecte/contracts';

/**
 * One function to test. `blocks`: the device cannot be given without it. `value` is kept besides the verdict: a number in
 * percent, or a text. `optional`: may be answered "not applicable".
 */
export interface ChecklistItem {
  readonly code: string;
  readonly fr: string;
  readonly en: string;
  readonly blocks: boolean;
  readonly optional?: boolean;
  readonly value?: 'percent' | 'text';
}

const item = (code: string, fr: string, en: string, more: Partial<ChecklistItem> = {}): ChecklistItem => ({ code, fr, en, blocks: true, ...more });

const COMPUTER: readonly ChecklistItem[] = [
  item('starts', 'Démarre', 'Starts'),
  item('screen', "L'écran affiche correctement", 'The screen shows a clean picture'),
  item('keyboard', 'Toutes les touches répondent', 'Every key answers', { optional: true }),
  item('network', 'Se connecte au réseau', 'Connects to a network'),
  item('sound', 'Le son fonctionne', 'Sound works'),
  item('charger', 'Chargeur ou câble présent', 'Charger or cable present', { blocks: false }),
  item('battery', 'Santé de la batterie', 'Battery health', { blocks: false, optional: true, value: 'percent' }),
  item('system', "Système d'exploitation installé", 'Operating system installed', { value: 'text' }),
];
const MOBILE: readonly ChecklistItem[] = [
  item('account', 'Aucun compte ni verrou d’activation', 'No account or activation lock'),
  item('imei', "L'IMEI affiché est celui de la fiche", 'The IMEI shown is that of the sheet', { optional: true }),
  item('battery', 'Santé de la batterie', 'Battery health', { blocks: false, value: 'percent' }),
  item('charger', 'Chargeur présent', 'Charger present', { blocks: false }),
  item('sim', 'Lit une carte SIM, verrouillage et opérateur', 'Reads a SIM card, lock and operator', { optional: true, value: 'text' }),
];
const MONITOR: readonly ChecklistItem[] = [
  item('powers-on', "S'allume", 'Powers on'),
  item('picture', "L'image est complète", 'The picture is complete'),
  item('cable', 'Câble présent', 'Cable present', { blocks: false }),
];
const PRINTER: readonly ChecklistItem[] = [
  item('powers-on', "S'allume", 'Powers on'),
  item('page', 'Imprime une page', 'Prints a page'),
  item('cable', 'Câble présent', 'Cable present', { blocks: false }),
];
const ACCESSORY: readonly ChecklistItem[] = [item('works', 'Fonctionne', 'Works')];

/** What decree 2022-190 has tested before the word "reconditionné": all functions, by category. */
export const CHECKLISTS: Readonly<Record<Category, readonly ChecklistItem[]>> = {
  laptop: COMPUTER, desktop: COMPUTER, 'all-in-one': COMPUTER,
  smartphone: MOBILE, tablet: MOBILE, phone: MOBILE,
  monitor: MONITOR, printer: PRINTER, accessory: ACCESSORY,
};
