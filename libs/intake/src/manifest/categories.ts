import type { Category } from '@lacollecte/contracts';
import { plain } from './fields.js';

/** What a donor calls a kind of equipment: the first that fits. Accessories come first ("sacoche pour ordinateur portable"). */
const WORDS: readonly (readonly [Category, RegExp])[] = [
  ['accessory', /\b(accessoires?|accessory|accessories|peripheriques?|peripherals?|clavier|claviers|souris|keyboards?|mouse|mice|chargeurs?|chargers?|alimentations?|power adapters?|adaptateurs?|sacoches?|housses?|coques?|docks?|docking stations?|stations? d accueil|casques?|headsets?|webcams?|cables?|cordons?|hubs? usb)\b/],
  ['printer', /\b(imprimantes?|printers?|multifonctions?|copieurs?|photocopieurs?)\b/],
  ['all-in-one', /\b(tout en un|tout en 1|all in one|all in ones|aio|imac|imacs)\b/],
  ['smartphone', /\b(smartphones?|iphones?|telephones? intelligents?|ordiphones?)\b/],
  ['tablet', /\b(tablettes?|tablets?|ipads?)\b/],
  ['phone', /\b(telephones?|mobile phones?|cell phones?|cellphones?|feature phones?|phones?|gsm|mobiles?)\b/],
  ['laptop', /\b(laptops?|notebooks?|netbooks?|ultrabooks?|ultraportables?|chromebooks?|macbooks?|(ordinateurs?|ordis?|pc|postes?|micro ordinateurs?) portables?|portables? pc|portable computers?)\b|^(portables?|subnotebooks?|convertible|detachable|sub notebook)$/],
  ['monitor', /\b(ecrans?|moniteurs?|monitors?|(computer|flat|lcd) screens?|displays?)\b|^screens?$/],
  ['desktop', /\b(desktops?|(ordinateurs?|pc|postes?) (de bureau|fixes?)|unites? centrales?|workstations?|stations? de travail|mini pc|mini tower|minitower|tower|space saving|low profile desktop|pizza box)\b|^(uc|tours?|fixes?|pc|sff|mac mini)$/],
];

/** Enough for the words of one file; a file with more different words is not helped by remembering. */
const REMEMBERED = 200;

/** Gives the category of a donor's word for it; null where it says none. Each list has its own, for it remembers. */
export function categories(): (text: string) => Category | null {
  const known = new Map<string, Category>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const words = plain(text);
    const found = WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
    // A copy: a cell is a slice that would keep its whole chunk of the file alive.
    if (found && known.size < REMEMBERED) known.set(Buffer.from(text).toString(), found);
    return found;
  };
}
