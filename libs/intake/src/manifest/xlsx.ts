import { DomainError } from '@lacollecte/contracts';
import { SaxesParser } from 'saxes';
import type { ByteSource, RawRow } from './source.js';
import { unzip, type ZipEntry, zipEntries } from './zip.js';

/** Texts that cells share are looked up at random, so they are in memory: this many characters of them at most. */
const LARGEST_SHARED = 32_000_000;
/** More than any cell that is accepted; the rest of a longer one is not kept. */
const LONGEST_TEXT = 600;
const MOST_COLUMNS = 500;
/** Rows a sheet can number. */
const LAST_LINE = 1_048_576;

const unreadable = (reason: string): DomainError => new DomainError('manifest-unreadable', { reason });

interface Handlers {
  open(name: string, attributes: Record<string, string>): void;
  text(text: string): void;
  close(name: string): void;
}

/** Feeds a part of the workbook to the handlers, and yields them after each piece. */
async function* parsed<H extends Handlers>(source: ByteSource, entry: ZipEntry, handlers: H): AsyncGenerator<H> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  // Element names may have a prefix (`x:row`).
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  parser.on('opentag', (tag) => handlers.open(local(tag.name), tag.attributes));
  parser.on('text', (text) => handlers.text(text));
  parser.on('closetag', (tag) => handlers.close(local(tag.name)));
  parser.on('error', () => {
    throw unreadable('XLSX : contenu abîmé / damaged content');
  });
  const decoder = new TextDecoder();
  for await (const bytes of unzip(source, entry)) {
    parser.write(decoder.decode(bytes, { stream: true }));
    yield handlers;
  }
  parser.close();
}

async function drain(steps: AsyncIterator<unknown>): Promise<void> {
  while (!(await steps.next()).done);
}

/** The part that holds the first sheet that is not hidden. */
async function firstSheet(source: ByteSource, entries: ReadonlyMap<string, ZipEntry>): Promise<ZipEntry> {
  const workbook = entries.get('xl/workbook.xml');
  const relations = entries.get('xl/_rels/workbook.xml.rels');
  if (!workbook || !relations) throw new DomainError('manifest-format-unsupported');
  const sheets: { id: string; hidden: boolean }[] = [];
  const ignore = { text: () => undefined, close: () => undefined };
  await drain(parsed(source, workbook, {
    ...ignore,
    open: (name, attributes) => {
      if (name === 'sheet') sheets.push({ id: attributes['r:id'] ?? '', hidden: (attributes['state'] ?? 'visible') !== 'visible' });
    },
  }));
  const targets = new Map<string, string>();
  await drain(parsed(source, relations, {
    ...ignore,
    open: (name, attributes) => {
      if (name === 'Relationship') targets.set(attributes['Id'] ?? '', attributes['Target'] ?? '');
    },
  }));
  const target = targets.get((sheets.find((sheet) => !sheet.hidden) ?? sheets[0])?.id ?? '') ?? 'worksheets/sheet1.xml';
  const entry = entries.get(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  if (!entry) throw unreadable('XLSX : aucune feuille / no sheet');
  return entry;
}

async function sharedTexts(source: ByteSource, entry: ZipEntry | undefined): Promise<string[]> {
  const texts: string[] = [];
  if (!entry) return texts;
  let [inText, inPhonetic, current, total] = [false, false, '', 0];
  await drain(parsed(source, entry, {
    open: (name) => {
      if (name === 'si') current = '';
      else if (name === 'rPh') inPhonetic = true;
      else if (name === 't') inText = !inPhonetic;
    },
    text: (text) => {
      if (inText && current.length < LONGEST_TEXT) current += text.slice(0, LONGEST_TEXT);
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') inPhonetic = false;
      else if (name === 'si') {
        total += current.length + 16;
        if (total > LARGEST_SHARED) throw unreadable('XLSX : trop de textes, enregistrez en CSV / too many texts, save as CSV');
        texts.push(current);
      }
    },
  }));
  return texts;
}

/** `AB12` → 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const code = letter.charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return column - 1;
}

/** A number as the person sees it: digits, no exponent. Beyond 15 digits a spreadsheet has lost some: then its exponent stays to say so. */
function numberText(value: string): string {
  const number = Number(value);
  if (!Number.isFinite(number) || !/[eE]/.test(value)) return value;
  if (!Number.isInteger(number)) return String(number);
  return Math.abs(number) < 1e15 ? number.toFixed(0) : number.toExponential().toUpperCase();
}

class Sheet implements Handlers {
  rows: RawRow[] = [];
  #cells: string[] = [];
  #line = 0;
  #column = -1;
  #type = 'n';
  #value = '';
  #formula: string | undefined;
  #into: 'value' | 'formula' | undefined;

  constructor(private readonly texts: readonly string[]) {}

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'row') {
      const given = Number(attributes['r']);
      this.#line = given > this.#line && given <= LAST_LINE ? given : this.#line + 1;
      this.#cells = [];
      this.#column = -1;
    } else if (name === 'c') {
      this.#column = attributes['r'] ? columnOf(attributes['r']) : this.#column + 1;
      this.#type = attributes['t'] ?? 'n';
      this.#value = '';
      this.#formula = undefined;
    } else if (name === 'v' || name === 't') this.#into = 'value';
    else if (name === 'f') {
      this.#into = 'formula';
      this.#formula = '';
    }
  }

  text(text: string): void {
    if (this.#into === 'value' && this.#value.length < LONGEST_TEXT) this.#value += text.slice(0, LONGEST_TEXT);
    else if (this.#into === 'formula' && this.#formula!.length < LONGEST_TEXT) this.#formula += text.slice(0, LONGEST_TEXT);
  }

  close(name: string): void {
    if (name === 'v' || name === 't' || name === 'f') this.#into = undefined;
    else if (name === 'c') this.#cell();
    else if (name === 'row') this.rows.push({ line: this.#line, cells: this.#cells });
  }

  #cell(): void {
    if (this.#column < 0 || this.#column >= MOST_COLUMNS) return;
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = this.#formula === undefined ? this.#text() : `=${this.#formula}`;
  }

  #text(): string {
    if (this.#type === 's') return this.texts[Number(this.#value)] ?? '';
    return this.#type === 'n' ? numberText(this.#value) : this.#value;
  }
}

/**
 * Rows of the first visible sheet, as it is inflated. A formula is its text (`=A1*2`), whatever it came to; dates are day numbers.
 * @throws `manifest-unreadable`, `manifest-format-unsupported` (an archive that is no workbook)
 */
export async function* readXlsx(source: ByteSource): AsyncGenerator<RawRow[]> {
  const entries = await zipEntries(source);
  const entry = await firstSheet(source, entries);
  const texts = await sharedTexts(source, entries.get('xl/sharedStrings.xml'));
  for await (const sheet of parsed(source, entry, new Sheet(texts))) {
    if (sheet.rows.length === 0) continue;
    yield sheet.rows;
    sheet.rows = [];
  }
}
