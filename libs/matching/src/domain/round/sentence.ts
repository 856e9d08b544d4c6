import type { Category } from '@lacollecte/contracts';
import type { Explanation, Limit } from './explanation.js';

export type Language = 'fr' | 'en';

type Forms = readonly [one: string, many: string];
const NAMES: Readonly<Record<Category, Readonly<Record<Language, Forms>>>> = {
  laptop: { fr: ['portable', 'portables'], en: ['laptop', 'laptops'] },
  desktop: { fr: ['ordinateur fixe', 'ordinateurs fixes'], en: ['desktop', 'desktops'] },
  'all-in-one': { fr: ['ordinateur tout-en-un', 'ordinateurs tout-en-un'], en: ['all-in-one', 'all-in-ones'] },
  monitor: { fr: ['écran', 'écrans'], en: ['monitor', 'monitors'] },
  smartphone: { fr: ['smartphone', 'smartphones'], en: ['smartphone', 'smartphones'] },
  tablet: { fr: ['tablette', 'tablettes'], en: ['tablet', 'tablets'] },
  phone: { fr: ['téléphone', 'téléphones'], en: ['phone', 'phones'] },
  printer: { fr: ['imprimante', 'imprimantes'], en: ['printer', 'printers'] },
  accessory: { fr: ['accessoire', 'accessoires'], en: ['accessory', 'accessories'] },
};

const EUROS: Readonly<Record<Language, Intl.NumberFormat>> = {
  fr: new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' }),
  en: new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' }),
};

/** French takes the singular below 2, English for 1 alone. */
function form(language: Language, count: number, [one, many]: Forms): string {
  return (language === 'fr' ? count < 2 : count === 1) ? one : many;
}

/** One sentence a person reads: what was given, how the line weighed, what bound it. */
export function sentence(explanation: Explanation, language: Language): string {
  const { category, given, urgency, waitingDays, competition } = explanation;
  const open = explanation.asked - explanation.servedBefore;
  const name = form(language, open, NAMES[category][language]);
  const bound = explanation.limits.map((limit) => limitText(limit, language)).join(language === 'fr' ? ' ; ' : '; ');
  const rivals = competition && competition.lines > 0 && explanation.limits[0]?.code === 'stock' ? competition : null;
  if (language === 'fr') {
    const days = `${waitingDays} ${form('fr', waitingDays, ['jour', 'jours'])} d’attente`;
    const against = rivals ? ` (${rivals.lines} ${form('fr', rivals.lines, ['autre demande', 'autres demandes'])} pour ${rivals.available} en stock)` : '';
    return `${given} ${name} sur ${open} : urgence ${urgency}, ${days} ; ${bound}${against}.`;
  }
  const days = `waiting ${waitingDays} ${form('en', waitingDays, ['day', 'days'])}`;
  const against = rivals ? ` (${rivals.lines} other ${form('en', rivals.lines, ['request', 'requests'])} for ${rivals.available} in stock)` : '';
  return `${given} of ${open} ${name}: urgency ${urgency}, ${days}; ${bound}${against}.`;
}

function limitText(limit: Limit, language: Language): string {
  const { code, grade, place, priceCents, left } = limit;
  const at = place ? (language === 'fr' ? ` à ${place}` : ` in ${place}`) : '';
  const euros = EUROS[language].format((priceCents ?? 0) / 100);
  const texts: Readonly<Record<Limit['code'], Readonly<Record<Language, string>>>> = {
    none: { fr: 'rien ne l’a limitée', en: 'nothing limited it' },
    quota: { fr: `limite : quota du trimestre (il restait ${left})`, en: `limit: quota of the quarter (${left} was left)` },
    stock: { fr: `limite : stock de catégorie ${grade}${at}`, en: `limit: stock of grade ${grade}${at}` },
    reserve: { fr: `limite : le reste du stock${at} est gardé pour l’urgence 4`, en: `limit: the rest of the stock${at} is kept for urgency 4` },
    price: { fr: `limite : prix maximal demandé (disponible à partir de ${euros})`, en: `limit: maximum price asked for (available from ${euros})` },
    earmark: { fr: 'limite : le stock restant est destiné à une autre région', en: 'limit: the remaining stock is meant for another region' },
    'no-stock': { fr: `limite : aucun stock de catégorie ${grade} ou mieux`, en: `limit: no stock of grade ${grade} or better` },
    cost: { fr: 'limite : transport trop coûteux pour ce gain', en: 'limit: transport costs more than the gain' },
  };
  return texts[code][language];
}
