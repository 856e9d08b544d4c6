/** What a column of a donor's list may hold. */
export const FIELDS = ['category', 'maker', 'model', 'serial', 'imei', 'quantity', 'assetTag', 'manufacturedYear', 'condition', 'declaredValue', 'notes'] as const;
export type Field = (typeof FIELDS)[number];

/** A column as it stands in the file, and what it holds; null where it is not kept. */
export interface Column {
  readonly header: string;
  readonly field: Field | null;
}

/** Header texts in lower case without accents and punctuation, the surest first: in French and English, and those of Snipe-IT, GLPI and eReuse. */
const HEADERS: Readonly<Record<Field, readonly string[]>> = {
  category: [
    'categorie', 'category', 'categories', 'type de materiel', 'categorie de materiel', 'type d equipement', 'type equipement', 'type materiel', 'type d appareil',
    'device type', 'equipment type', 'asset type', 'asset category', 'device category', 'product type', 'type de produit', 'famille', 'nature', 'materiel',
    'equipement', 'placeholder type', 'type', 'types',
  ],
  maker: ['marque', 'fabricant', 'constructeur', 'maker', 'manufacturer', 'make', 'brand', 'device manufacturer', 'vendor', 'editeur', 'placeholder manufacturer'],
  model: [
    'modele', 'model', 'model name', 'nom du modele', 'device model', 'asset model', 'designation', 'reference', 'produit', 'product', 'product name', 'libelle',
    'placeholder model', 'model number', 'model no', 'numero de modele',
  ],
  serial: [
    'numero de serie', 'n de serie', 'no de serie', 'num de serie', 'num serie', 'n serie', 'serie', 'serial', 'serial number', 'serial no', 'serialnumber', 'device serial number',
    's n', 'sn', 'service tag', 'serial nr', 'numeros de serie', 'placeholder serial number',
  ],
  imei: ['imei', 'imei 1', 'imei1', 'numero imei', 'n imei', 'imei number', 'code imei', 'meid imei', 'imei meid'],
  quantity: ['quantite', 'quantites', 'qte', 'qty', 'quantity', 'nombre', 'nb', 'nbre', 'count', 'number of devices', 'nombre d appareils', 'units', 'unites', 'effectif'],
  assetTag: [
    'numero d inventaire', 'n d inventaire', 'n inventaire', 'no inventaire', 'inventory number', 'asset tag', 'assettag', 'etiquette', 'immobilisation',
    'numero d immobilisation', 'n immobilisation', 'code immobilisation', 'asset number', 'asset id', 'code barre', 'barcode', 'placeholder id internal',
  ],
  manufacturedYear: [
    'annee de fabrication', 'date de fabrication', 'manufactured year', 'manufacturedyear', 'year of manufacture', 'manufacture date', 'manufacturing year', 'annee', 'year',
    'date d achat', 'date achat', 'annee d achat', 'purchase date', 'purchase year', 'date of purchase', 'date d acquisition', 'acquisition date', 'date de mise en service',
    'mise en service', 'date d entree',
  ],
  condition: ['etat', 'condition', 'etat general', 'etat du materiel', 'state', 'status', 'statut', 'physical state', 'fonctionnement', 'working state'],
  declaredValue: [
    'valeur declaree', 'declared value', 'declaredvalue', 'valeur nette comptable', 'vnc', 'net book value', 'book value', 'valeur residuelle', 'residual value',
    'valeur', 'value', 'valeur estimee', 'estimated value', 'current value', 'valeur actuelle',
  ],
  notes: ['notes', 'note', 'remarques', 'remarque', 'commentaires', 'commentaire', 'comments', 'comment', 'observations', 'observation', 'remarks', 'precisions'],
};

const KNOWN = new Map<string, { field: Field; rank: number }>(
  FIELDS.flatMap((field) => HEADERS[field].map((text, rank) => [text, { field, rank }] as const)),
);

/** Lower case, without accents; whatever is neither letter nor digit is one blank. */
export function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/[\u0300-\u036F]/g, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ').trim();
}

/** What a header names: as it stands, else without its unit or explanation in brackets. */
function named(header: string): { field: Field; rank: number } | undefined {
  if (header.length > 100) return undefined;
  return KNOWN.get(plain(header)) ?? KNOWN.get(plain(header.replaceAll(/[([{].*?[)\]}]/g, ' ')));
}

/** What each column holds, by its header alone; where several name the same field, the surest header has it, then the leftmost. */
export function recognise(headers: readonly string[]): Column[] {
  const best = new Map<Field, { index: number; rank: number }>();
  headers.forEach((header, index) => {
    const found = named(header);
    if (!found) return;
    const before = best.get(found.field);
    if (!before || found.rank < before.rank) best.set(found.field, { index, rank: found.rank });
  });
  const fieldAt = new Map([...best].map(([field, { index }]) => [index, field]));
  return headers.map((header, index) => ({ header, field: fieldAt.get(index) ?? null }));
}

/** How many fields a row names, were it a header. */
export function recognised(cells: readonly string[]): number {
  return recognise(cells).filter((column) => column.field !== null).length;
}
