/** Packs files that belong together into one ZIP without compressing them: the bytes stay where they are until they are sent. */
const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

async function crcOf(file: Blob, signal: AbortSignal): Promise<number> {
  let crc = 0xffffffff;
  const reader = file.stream().getReader();
  for (;;) {
    signal.throwIfAborted();
    const { done, value } = await reader.read();
    if (done) return (crc ^ 0xffffffff) >>> 0;
    for (const byte of value) crc = TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  }
}

const MOST = 0xffffffff;

/** Makes the same bytes of the same files, in whatever order they were picked, so that a broken upload can go on. */
export async function packed(files: File[], name: string, signal: AbortSignal): Promise<File> {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (sorted.reduce((sum, one) => sum + one.size + 200, 0) > MOST) throw new RangeError('more than 4 GB in one ZIP');
  const parts: BlobPart[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const file of sorted) {
    const crc = await crcOf(file, signal);
    const title = new TextEncoder().encode(file.name);
    // version 2.0, UTF-8 names, stored, dated 1980-01-01, as every entry is
    const facts: [number, number][] = [[2, 20], [2, 0x0800], [2, 0], [2, 0], [2, 0x21], [4, crc], [4, file.size], [4, file.size], [2, title.length], [2, 0]];
    const local = bytes([[4, 0x04034b50], ...facts]);
    directory.push(bytes([[4, 0x02014b50], [2, 20], ...facts, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), title);
    parts.push(local, title, file);
    offset += local.length + title.length + file.size;
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0);
  const end = bytes([[4, 0x06054b50], [2, 0], [2, 0], [2, sorted.length], [2, sorted.length], [4, size], [4, offset], [2, 0]]);
  const newest = Math.max(...sorted.map((one) => one.lastModified));
  return new File([...parts, ...directory, end], name, { type: 'application/zip', lastModified: newest });
}

/** Numbers, the lowest byte first. */
function bytes(fields: [width: number, value: number][]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of fields) for (let i = 0; i < width; i++) out[at++] = (value / 2 ** (8 * i)) & 0xff;
  return out;
}
