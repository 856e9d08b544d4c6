import { DomainError } from '@lacollecte/contracts';
import { createInflateRaw } from 'node:zlib';
import { type ByteSource, parts } from './source.js';

/** A file inside an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly compressed: number;
  readonly method: number;
  readonly offset: number;
}

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
/** An archive's end record is followed by a comment of 65,535 bytes at most. */
const END_SEARCH = 65_557;
/** A workbook has some dozens of parts; a directory of more than this is no workbook. */
const LARGEST_DIRECTORY = 1_048_576;
const READ = 262_144;
/** What one part may inflate to: a sheet of a million wide rows is below it, an archive made to burst is not. */
const LARGEST_PART = 2_147_483_648;

const unreadable = (reason: string): DomainError => new DomainError('manifest-unreadable', { reason });

/** The parts of an archive by name, from its directory at the end. @throws `manifest-unreadable` */
export async function zipEntries(source: ByteSource): Promise<Map<string, ZipEntry>> {
  const tailStart = Math.max(0, source.size - END_SEARCH);
  const tail = Buffer.from(await source.read(tailStart, source.size - tailStart));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END) end--;
  if (end < 0) throw unreadable('XLSX : fichier incomplet / incomplete file');
  const size = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (size > LARGEST_DIRECTORY || offset + size > source.size) throw unreadable('XLSX : archive abîmée / damaged archive');
  const directory = Buffer.from(await source.read(offset, size));
  const entries = new Map<string, ZipEntry>();
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === DIRECTORY; ) {
    const [nameLength, extra, comment] = [directory.readUInt16LE(at + 28), directory.readUInt16LE(at + 30), directory.readUInt16LE(at + 32)];
    if ((directory.readUInt16LE(at + 8) & 1) === 1) throw unreadable('XLSX : fichier protégé par un mot de passe / the file has a password');
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength);
    entries.set(name, { name, compressed: directory.readUInt32LE(at + 20), method: directory.readUInt16LE(at + 10), offset: directory.readUInt32LE(at + 42) });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

/** The bytes of a part, inflated as they are asked for. @throws `manifest-unreadable` where it is damaged or bursts */
export async function* unzip(source: ByteSource, entry: ZipEntry): AsyncGenerator<Buffer> {
  const local = Buffer.from(await source.read(entry.offset, 30));
  if (local.length < 30 || local.readUInt32LE(0) !== LOCAL) throw unreadable('XLSX : archive abîmée / damaged archive');
  const start = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const packed = parts(source, READ, start, Math.min(start + entry.compressed, source.size));
  if (entry.method === 0) {
    for await (const part of packed) yield Buffer.from(part);
    return;
  }
  if (entry.method !== 8) throw unreadable('XLSX : compression inconnue / unknown compression');
  yield* inflate(packed);
}

async function* inflate(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const stream = createInflateRaw();
  const feed = (async () => {
    for await (const part of packed) {
      if (stream.destroyed) return;
      if (!stream.write(part)) await new Promise<void>((resolve) => stream.once('drain', resolve).once('close', resolve));
    }
    stream.end();
  })().catch((error: Error) => void stream.destroy(error));
  let bytes = 0;
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > LARGEST_PART) throw unreadable('XLSX : feuille trop grande, enregistrez en CSV / sheet too large, save as CSV');
      yield part;
    }
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('Z_')) throw unreadable('XLSX : archive abîmée / damaged archive');
    throw error;
  } finally {
    stream.destroy();
    await feed;
  }
}
