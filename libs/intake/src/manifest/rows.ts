import type { Category } from '@lacollecte/contracts';
import { isSpoiltBySpreadsheet, normaliseImei, normaliseSerial } from '../domain/identifiers.js';
import { categories } from './categories.js';
import { type Column, type Field } from './fields.js';
import { amount, wholeNumber, yearOf } from './numbers.js';
import type { RawRow } from './source.js';

/** A row that can be accepted. */
export interface ManifestRow {
  readonly line: number;
  readonly category: Category;
  readonly maker: string | null;
  readonly model: string | null;
  readonly serial: string | null;
  readonly imei: string | null;
  readonly assetTag: string | null;
  readonly quantity: number;
  readonly manufacturedYear: number | null;
  readonly condition: string | null;
  readonly declaredValue: string | null;
  readonly notes: string | null;
}

/** A row that is refused, for its first reason. */
export interface Refusal {
  readonly line: number;
  /** Header of the column that is wrong; null where the list has no such column. */
  readonly column: string | null;
  readonly value: string;
  /** In the problem catalogue. */
  readonly code: string;
  /** The mapped cells as they stand in the file, so that the row can be given back. */
  readonly cells: readonly string[];
}

export type ReadRow = { readonly row: ManifestRow } | { readonly refusal: Refusal };

const LONGEST_CELL = 500;
const MOST_DEVICES = 100_000;
/** What our own list of refusals puts before a cell that a spreadsheet would calculate. */
const GUARDED = /^'(?=[=+\-@])/;
const TOTAL = /^\W{0,5}(sous[- ]?total|total|totaux|totals|grand total|sub[- ]?total|somme|sum)\b/i;

/** Judges the data rows of one list, by what its columns hold. */
export class RowReader {
  readonly #at: Partial<Record<Field, number>> = {};
  readonly #mapped: number[] = [];
  readonly #headers: ReadonlySet<string>;
  readonly #categoryOf = categories();

  constructor(
    private readonly columns: readonly Column[],
    /** For rows whose own category is missing or unknown. */
    private readonly fallback: Category | null,
  ) {
    columns.forEach((column, index) => {
      if (!column.field) return;
      this.#at[column.field] = index;
      this.#mapped.push(index);
    });
    this.#headers = new Set(columns.map((column) => column.header));
  }

  /** Blank lines, repeated headers and totals are no data. */
  isData({ cells }: RawRow): boolean {
    const first = cells.find((cell) => cell !== '' && cell.trim() !== '');
    if (first === undefined) return false;
    if (this.#headers.has(first.trim()) && this.columns.every(({ header }, i) => header === (cells[i] ?? '').trim())) return false;
    if (!TOTAL.test(first)) return true;
    return [this.#at.serial, this.#at.imei, this.#at.model].some((index) => index !== undefined && (cells[index] ?? '').trim() !== '' && cells[index] !== first);
  }

  read(raw: RawRow): ReadRow {
    const refuse = (field: Field, code: string): ReadRow => ({ refusal: this.refuse(raw, field, code) });
    const tooLong = this.#mapped.find((index) => (raw.cells[index]?.length ?? 0) > LONGEST_CELL);
    if (tooLong !== undefined) return refuse(this.columns[tooLong]!.field!, 'cell-too-long');
    const text = (field: Field): string => {
      const index = this.#at[field];
      return index === undefined ? '' : (raw.cells[index] ?? '').trim().replace(GUARDED, '');
    };
    const category = this.#categoryOf(text('category')) ?? this.fallback;
    if (!category) return refuse('category', 'unknown-category');
    const quantityText = text('quantity');
    const quantity = quantityText === '' ? 1 : wholeNumber(quantityText);
    if (quantity === null || quantity < 1 || quantity > MOST_DEVICES) return refuse('quantity', 'quantity-invalid');
    const [serialText, imeiText] = [text('serial'), text('imei')];
    if (isSpoiltBySpreadsheet(serialText)) return refuse('serial', 'serial-spoilt');
    if (isSpoiltBySpreadsheet(imeiText)) return refuse('imei', 'serial-spoilt');
    const serial = normaliseSerial(serialText);
    const givenImei = normaliseSerial(imeiText);
    const imei = givenImei === null ? null : normaliseImei(givenImei);
    if (givenImei !== null && imei === null) return refuse('imei', 'imei-invalid');
    if (quantity > 1 && (serial !== null || imei !== null)) return refuse('quantity', 'serial-with-quantity');
    return {
      row: {
        line: raw.line, category, serial, imei, quantity,
        maker: text('maker') || null, model: text('model') || null, assetTag: text('assetTag') || null,
        manufacturedYear: yearOf(text('manufacturedYear')), condition: text('condition') || null,
        declaredValue: amount(text('declaredValue')) || null, notes: text('notes') || null,
      },
    };
  }

  refuse({ line, cells }: RawRow, field: Field, code: string): Refusal {
    const index = this.#at[field];
    const column = index === undefined ? null : this.columns[index]!.header;
    return { line, column, value: index === undefined ? '' : (cells[index] ?? ''), code, cells: this.#mapped.map((mapped) => cells[mapped] ?? '') };
  }
}
