import { DomainError } from '@lacollecte/contracts';

export type Format = 'delimited' | 'xlsx';

const OPEN_DOCUMENT = 'mimetypeapplication/vnd.oasis.opendocument';
const startsWith = (head: Uint8Array, ...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte);

/**
 * What kind of file begins with these bytes (a hundred are enough).
 * @throws `manifest-format-unsupported` for XLS, ODS, PDF, pictures, web pages: nothing that we read
 */
export function formatOf(head: Uint8Array): Format {
  const text = Buffer.from(head.subarray(0, 200)).toString('latin1');
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04) && !text.slice(30).startsWith(OPEN_DOCUMENT)) return 'xlsx';
  const utf16 = startsWith(head, 0xff, 0xfe) || startsWith(head, 0xfe, 0xff) || utf16Order(head) !== null;
  const markup = /^\s*(?:\u00EF\u00BB\u00BF)?\s*(<\?xml|<html|<!doctype|<table|%PDF|\{\\rtf)/i.test(text);
  if (startsWith(head, 0x50, 0x4b) || startsWith(head, 0xd0, 0xcf, 0x11, 0xe0) || markup || (!utf16 && head.subarray(0, 200).includes(0))) {
    throw new DomainError('manifest-format-unsupported');
  }
  return 'delimited';
}

/** UTF-16 without a mark: every second byte of Latin text is zero. */
export function utf16Order(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.min(100, Math.floor(head.length / 2));
  let [even, odd] = [0, 0];
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) even++;
    if (head[2 * i + 1] === 0) odd++;
  }
  if (pairs < 2) return null;
  if (odd > pairs * 0.7 && even < pairs * 0.1) return 'utf-16le';
  return even > pairs * 0.7 && odd < pairs * 0.1 ? 'utf-16be' : null;
}
