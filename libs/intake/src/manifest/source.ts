/** The bytes of a file that is kept elsewhere, read a part at a time. */
export interface ByteSource {
  readonly size: number;
  /** Exactly these bytes; fewer only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Bytes at hand. */
export function inMemory(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}

/** The same bytes; `bytesRead` has how many were read so far. */
export function counted(source: ByteSource): ByteSource & { readonly bytesRead: number } {
  let bytesRead = 0;
  return {
    size: source.size,
    get bytesRead() {
      return bytesRead;
    },
    async read(offset, length) {
      const bytes = await source.read(offset, length);
      bytesRead += bytes.length;
      return bytes;
    },
  };
}

/** From `start` to before `end`, `step` bytes at a time. */
export async function* parts(source: ByteSource, step: number, start = 0, end = source.size): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += step) yield await source.read(at, Math.min(step, end - at));
}

/** A row of a list before anything is known of it; `line` counts from 1, as the file's own program shows it. */
export interface RawRow {
  readonly line: number;
  readonly cells: readonly string[];
}
