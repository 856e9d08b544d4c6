import type { Category } from '@lacollecte/contracts';

export type Language = 'fr' | 'en';
type Said = Readonly<Record<Language, string>>;

export const CATEGORY: Readonly<Record<Category, Said>> = {
  laptop: { fr: 'Ordinateur portable', en: 'Laptop' },
  desktop: { fr: 'Ordinateur fixe', en: 'Desktop' },
  'all-in-one': { fr: 'Tout-en-un', en: 'All-in-one' },
  monitor: { fr: 'Écran', en: 'Monitor' },
  smartphone: { fr: 'Smartphone', en: 'Smartphone' },
  tablet: { fr: 'Tablette', en: 'Tablet' },
  phone: { fr: 'Téléphone', en: 'Phone' },
  printer: { fr: 'Imprimante', en: 'Printer' },
  accessory: { fr: 'Accessoire', en: 'Accessory' },
};

/** Why a device went back with the driver. */
export const REFUSED: Readonly<Record<string, Said>> = {
  dangerous: { fr: 'refusé à l’arrivée : dangereux', en: 'refused on arrival: dangerous' },
  leased: { fr: 'refusé à l’arrivée : en location', en: 'refused on arrival: leased' },
  'not-the-donors': { fr: 'refusé à l’arrivée : n’appartient pas au donateur', en: 'refused on arrival: not the donor’s' },
  other: { fr: 'refusé à l’arrivée', en: 'refused on arrival' },
};
export const UNEXPECTED: Said = { fr: 'non annoncé', en: 'not announced' };
export const CANCELLED: Said = { fr: 'don annulé', en: 'lot cancelled' };

export const OUTCOME: Readonly<Record<string, Said>> = {
  delivered: { fr: 'Réutilisé', en: 'Reused' },
  recycled: { fr: 'Recyclé', en: 'Recycled' },
  'returned-to-donor': { fr: 'Rendu au donateur', en: 'Returned to the donor' },
  lost: { fr: 'Perdu', en: 'Lost' },
};
export const UNDER_WAY: Said = { fr: 'En cours', en: 'Under way' };
export const OVER_TEN_YEARS: Said = { fr: 'plus de dix ans', en: 'over ten years old' };
export const YES: Said = { fr: 'oui', en: 'yes' };
export const NO: Said = { fr: 'non', en: 'no' };

export const INVENTORY_HEADERS: Readonly<Record<Language, readonly string[]>> = {
  fr: ['Ligne', 'Catégorie', 'Marque', 'Modèle', 'N° de série', 'IMEI', 'N° d’inventaire', 'Annoncés', 'Non acceptés', 'Reçus', 'Refusés à l’arrivée', 'Manquants', 'Attendus', 'Remarque'],
  en: ['Line', 'Category', 'Maker', 'Model', 'Serial', 'IMEI', 'Asset tag', 'Declared', 'Not accepted', 'Received', 'Refused on arrival', 'Missing', 'Awaited', 'Remark'],
};
export const DEVICE_HEADERS: Readonly<Record<Language, readonly string[]>> = {
  fr: ['Étiquette', 'Catégorie', 'Marque', 'Modèle', 'N° de série', 'IMEI', 'N° d’inventaire', 'Reçu le', 'Annoncé', 'Devenir', 'Remarque'],
  en: ['Label', 'Category', 'Maker', 'Model', 'Serial', 'IMEI', 'Asset tag', 'Received on', 'Announced', 'Outcome', 'Remark'],
};
