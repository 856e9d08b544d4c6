import type { Language } from './language.js';

type Term = Readonly<Record<Language, string>>;
const term = (fr: string, en: string): Term => ({ fr, en });

/** What the codes of all services are called where people read them, as texts of refusals do. Agreement is that of a thing in quotation marks. */
const TERMS: Readonly<Record<string, Term>> = {
  // Categories
  laptop: term('portable', 'laptop'), desktop: term('ordinateur fixe', 'desktop'), 'all-in-one': term('tout-en-un', 'all-in-one'), monitor: term('écran', 'monitor'), smartphone: term('smartphone', 'smartphone'),
  tablet: term('tablette', 'tablet'), phone: term('téléphone', 'phone'), printer: term('imprimante', 'printer'), accessory: term('accessoire', 'accessory'),
  // Steps of the workshop, and its checks
  arrive: term('arrivée', 'arrival'), diagnose: term('diagnostic', 'diagnosis'), diagnosis: term('diagnostic', 'diagnosis'), erase: term('effacement', 'erasure'), erasure: term('effacement', 'erasure'), test: term('test', 'test'), grade: term('catégorie', 'grade'),
  'declare-no-media': term('sans support de données', 'no data-bearing drive'), 'destroy-drive': term('support détruit', 'drive destroyed'), 'install-drive': term('support ajouté', 'drive installed'), 'remove-drive': term('support retiré', 'drive removed'),
  'start-repair': term('début de réparation', 'repair begun'), 'finish-repair': term('fin de réparation', 'repair ended'), block: term('blocage', 'block'), unblock: term('déblocage', 'unblock'), reject: term('rejet', 'rejection'), 'undo-rejection': term('reprise', 'taken back'),
  harvest: term('prélèvement de pièces', 'parts taken'), recycle: term('recyclage', 'recycling'), return: term('retour au donateur', 'return to the donor'), find: term('retrouvé', 'found'), undo: term('annulation', 'undo'),
  // States of devices, drives and evidence
  received: term('reçu', 'received'), 'in-workshop': term('à l’atelier', 'in the workshop'), repairing: term('en réparation', 'being repaired'), blocked: term('bloqué', 'blocked'), rejected: term('écarté', 'rejected'), harvested: term('pièces prélevées', 'parts taken'),
  ready: term('prêt', 'ready'), recalled: term('rappelé', 'recalled'), delivered: term('livré', 'delivered'), recycled: term('recyclé', 'recycled'), 'returned-to-donor': term('rendu au donateur', 'returned to its donor'), lost: term('perdu', 'lost'),
  hdd: term('disque dur', 'hard disk'), ssd: term('SSD', 'SSD'), nvme: term('SSD NVMe', 'NVMe SSD'), internal: term('mémoire interne', 'internal storage'), waiting: term('en attente', 'waiting'), matched: term('rattaché', 'matched'), contested: term('contesté', 'contested'), dismissed: term('écarté', 'dismissed'),
  clear: term('écrasement en une passe', 'one-pass overwrite'), sanitize: term('purge', 'sanitize'), 'crypto-erase': term('effacement cryptographique', 'cryptographic erase'), 'factory-reset': term('remise à zéro', 'factory reset'), verify: term('vérification', 'verification'),
  // Lots, manifests, pick-ups
  draft: term('brouillon', 'draft'), submitted: term('proposé', 'submitted'), accepted: term('accepté', 'accepted'), receiving: term('en réception', 'being received'), closed: term('clos', 'closed'), declined: term('décliné', 'declined'), cancelled: term('annulé', 'cancelled'),
  uploaded: term('déposé', 'uploaded'), reading: term('en lecture', 'being read'), previewed: term('en aperçu', 'previewed'), confirmed: term('confirmé', 'confirmed'), imported: term('repris', 'imported'), discarded: term('abandonné', 'discarded'), failed: term('en échec', 'failed'),
  scheduled: term('prévu', 'scheduled'), done: term('fait', 'done'), open: term('ouvert', 'open'),
  // Stock and allocation
  'in-stock': term('en stock', 'in stock'), reserved: term('réservé', 'reserved'), picked: term('prélevé', 'picked'), issued: term('sorti', 'issued'), quarantined: term('mis à part', 'quarantined'), 'written-off': term('sorti des comptes', 'written off'),
  requested: term('demandé', 'requested'), held: term('retenu', 'held'), committed: term('engagé', 'committed'), consumed: term('utilisé', 'consumed'), refused: term('refusé', 'refused'), released: term('libéré', 'released'), expired: term('expiré', 'expired'),
  proposed: term('proposé', 'proposed'), shipped: term('expédié', 'shipped'), short: term('incomplet', 'short'), withdrawn: term('retiré', 'withdrawn'), approved: term('agréé', 'approved'), 'partly-allocated': term('attribué en partie', 'partly allocated'), allocated: term('attribué', 'allocated'),
  fulfilled: term('satisfait', 'fulfilled'), solved: term('calculé', 'solved'),
  // Shipments, parcels, returns
  planned: term('à préparer', 'planned'), picking: term('en préparation', 'being picked'), packed: term('en colis', 'packed'), 'handed-over': term('en route', 'on its way'), returned: term('revenu', 'back'), 'to-pick': term('à prélever', 'to be picked'), substituting: term('en remplacement', 'being replaced'),
  pulled: term('à sortir', 'to be taken out'), substituted: term('remplacé', 'replaced'), dropped: term('abandonné', 'dropped'), found: term('retrouvé', 'found'),
  // Organisations and people
  pending: term('en attente', 'pending'), suspended: term('suspendu', 'suspended'), invited: term('invité', 'invited'), active: term('actif', 'active'), disabled: term('désactivé', 'disabled'), erased: term('effacé', 'erased'),
  donor: term('donateur', 'donor'), structure: term('structure', 'structure'), coordinator: term('coordination', 'coordinator'), operator: term('atelier', 'operator'), relay: term('relais', 'relay'), ops: term('exploitation', 'operations'), admin: term('administration', 'administrator'),
  // Figures of a diagnosis
  cpuMark: term('score CPU Mark', 'CPU Mark score'), ramGb: term('mémoire', 'memory'), storageGb: term('stockage', 'storage'), benchmark: term('score AnTuTu', 'AnTuTu score'), cosmetic: term('aspect', 'looks'), technical: term('correction technique', 'technical correction'), adjustment: term('correction', 'correction'),
};

/** Parameters whose value is a code, or several with commas between; what is typed by people, as a serial is, says itself. */
const CODED = new Set(['state', 'wanted', 'step', 'lastStep', 'next', 'check', 'kind', 'method', 'category', 'role', 'inputs']);
const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const LOCALES: Readonly<Record<Language, string>> = { fr: 'fr', en: 'en-GB' };

/** A parameter of a text as people say it: codes by their names, moments as the clocks in Paris have them. */
export function say(name: string, value: string | number, language: Language): string {
  const text = String(value);
  if (MOMENT.test(text)) return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Paris' }).format(new Date(text));
  if (!CODED.has(name)) return text;
  return text.split(/,\s*/).map((code) => (Object.hasOwn(TERMS, code) ? TERMS[code]![language] : code)).join(', ');
}
