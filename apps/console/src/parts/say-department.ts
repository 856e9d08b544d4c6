import type { Language } from '../i18n/i18n.js';

/** Départements and overseas collectivities by what French says before their names; code and name, in turn. */
const NAMES: Readonly<Record<string, string>> = {
  'dans l’': '01 Ain, 02 Aisne, 03 Allier, 10 Aube, 11 Aude, 12 Aveyron, 27 Eure, 34 Hérault, 36 Indre, 60 Oise, 61 Orne, 89 Yonne, 91 Essonne',
  'dans les': '04 Alpes-de-Haute-Provence, 05 Hautes-Alpes, 06 Alpes-Maritimes, 08 Ardennes, 13 Bouches-du-Rhône, 22 Côtes-d’Armor, 40 Landes, 64 Pyrénées-Atlantiques, 65 Hautes-Pyrénées, 66 Pyrénées-Orientales, 78 Yvelines, 79 Deux-Sèvres, 88 Vosges, 92 Hauts-de-Seine',
  'en': '07 Ardèche, 09 Ariège, 16 Charente, 17 Charente-Maritime, 19 Corrèze, 2A Corse-du-Sud, 2B Haute-Corse, 21 Côte-d’Or, 24 Dordogne, 28 Eure-et-Loir, 31 Haute-Garonne, 33 Gironde, 35 Ille-et-Vilaine, 37 Indre-et-Loire, 38 Isère, 43 Haute-Loire, 44 Loire-Atlantique, 48 Lozère, 49 Maine-et-Loire, 52 Haute-Marne, 53 Mayenne, 54 Meurthe-et-Moselle, 57 Moselle, 70 Haute-Saône, 71 Saône-et-Loire, 73 Savoie, 74 Haute-Savoie, 76 Seine-Maritime, 77 Seine-et-Marne, 85 Vendée, 87 Haute-Vienne, 93 Seine-Saint-Denis, 971 Guadeloupe, 972 Martinique, 973 Guyane, 987 Polynésie française, 988 Nouvelle-Calédonie',
  'dans le': '14 Calvados, 15 Cantal, 18 Cher, 25 Doubs, 29 Finistère, 30 Gard, 32 Gers, 39 Jura, 41 Loir-et-Cher, 45 Loiret, 46 Lot, 47 Lot-et-Garonne, 56 Morbihan, 59 Nord, 62 Pas-de-Calais, 63 Puy-de-Dôme, 67 Bas-Rhin, 68 Haut-Rhin, 69 Rhône, 81 Tarn, 82 Tarn-et-Garonne, 83 Var, 84 Vaucluse, 90 Territoire de Belfort, 94 Val-de-Marne, 95 Val-d’Oise',
  'dans la': '23 Creuse, 26 Drôme, 42 Loire, 50 Manche, 51 Marne, 55 Meuse, 58 Nièvre, 72 Sarthe, 80 Somme, 86 Vienne',
  'à': '75 Paris, 974 La Réunion, 975 Saint-Pierre-et-Miquelon, 976 Mayotte, 977 Saint-Barthélemy, 978 Saint-Martin, 986 Wallis-et-Futuna',
};

const KNOWN = new Map(Object.entries(NAMES).flatMap(([before, list]) => list.split(', ').map((one) => {
  const [code = '', ...name] = one.split(' ');
  return [code, { before, name: name.join(' ') }] as const;
})));

/** In a département, in a sentence: `en Seine-Saint-Denis`, `in Seine-Saint-Denis`. What nobody knows is said by its code. */
export function sayIn(code: string, language: Language): string {
  const { before, name } = KNOWN.get(code) ?? { before: 'dans le', name: code };
  return language === 'en' ? `in ${name}` : `${before}${before.endsWith('’') ? '' : ' '}${name}`;
}
