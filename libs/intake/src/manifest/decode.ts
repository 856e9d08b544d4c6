import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { utf16Order } from './format.js';

interface Decoder {
  write(bytes: Buffer): string;
  end(): string | undefined;
}

function utf8(): Decoder {
  const decoder = new TextDecoder('utf-8');
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/** Valid but for a character that is cut off at the end. */
function looksLikeUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function byMark(head: Buffer): Decoder | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return iconv.getDecoder('utf-16le');
  if (head[0] === 0xfe && head[1] === 0xff) return iconv.getDecoder('utf-16be');
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return utf8();
  const order = utf16Order(head);
  return order ? iconv.getDecoder(order) : undefined;
}

/**
 * Text of a file in UTF-8, Windows-1252 or UTF-16, with or without a byte order mark. As long as all is ASCII nothing is
 * decided; the first part with another byte is UTF-8 if it is valid as such, else Windows-1252.
 */
export async function* decode(parts: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: Decoder | undefined;
  let held = Buffer.alloc(0);
  let first = true;
  for await (const part of parts) {
    let bytes = held.length > 0 ? Buffer.concat([held, part]) : Buffer.from(part.buffer, part.byteOffset, part.byteLength);
    held = Buffer.alloc(0);
    if (first) decoder = byMark(bytes);
    if (!decoder && !isAscii(bytes)) {
      // What may be the beginning of a character decides nothing: it waits for the rest.
      const sure = Math.max(0, bytes.length - 3);
      if (isAscii(bytes.subarray(0, sure))) {
        held = Buffer.from(bytes.subarray(sure));
        bytes = bytes.subarray(0, sure);
      } else {
        decoder = looksLikeUtf8(bytes) ? utf8() : iconv.getDecoder('windows-1252');
      }
    }
    const text = decoder ? decoder.write(bytes) : bytes.toString('latin1');
    yield clean(first && text.startsWith('\uFEFF') ? text.slice(1) : text);
    first = false;
  }
  if (held.length > 0) {
    decoder = isUtf8(held) ? utf8() : iconv.getDecoder('windows-1252');
    yield clean(decoder.write(held));
  }
  const last = decoder?.end();
  if (last) yield clean(last);
}

/** Zero bytes mean nothing in a list, and no database keeps them. */
function clean(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}
