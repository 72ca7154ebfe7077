import { MaskFileError } from './maskFileError';

/** The passes of an interlaced PNG: the first column and row of each, and the steps to the next. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
const SIGNATURE_BYTES = 8;
/** Length, type and checksum around a chunk's data. */
const CHUNK_BYTES = 12;

/**
 * Pixels and palette of an interlaced PNG of less than a byte a pixel, which the PNG library cannot read: it takes each pixel for a
 * byte.
 *
 * @param bytes a PNG that opens with a whole header
 * @throws MaskFileError or TypeError when the file is damaged
 */
export async function readLowBitInterlaced(
  bytes: Uint8Array<ArrayBuffer>,
  { width, height, depth }: { width: number; height: number; depth: number },
): Promise<{ values: Uint8Array<ArrayBuffer>; palette: number[][] | null }> {
  const chunks = readChunks(bytes);
  const lines = await inflate(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const values = new Uint8Array(width * height);
  const perByte = 8 / depth;
  let at = 0;
  for (const [left, top, stepX, stepY] of PASSES) {
    const rowBytes = Math.ceil(Math.ceil((width - left) / stepX) / perByte);
    if (rowBytes <= 0) continue;
    let above = new Uint8Array(rowBytes);
    for (let y = top; y < height; y += stepY, at += rowBytes + 1) {
      if (at + rowBytes >= lines.length) throw new MaskFileError('damaged');
      const line = lines.subarray(at + 1, at + 1 + rowBytes);
      unfilter(lines[at]!, line, above);
      above = line;
      for (let x = left, i = 0; x < width; x += stepX, i++) {
        values[y * width + x] = bitsAt(line, i, depth);
      }
    }
  }
  return { values, palette: readPalette(chunks) };
}

/** The i-th number of `depth` bits, the highest bits first. */
export function bitsAt(bytes: Uint8Array | Uint8ClampedArray, i: number, depth: number): number {
  const perByte = 8 / depth;
  return (bytes[Math.floor(i / perByte)]! >> (8 - depth * ((i % perByte) + 1))) & ((1 << depth) - 1);
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array<ArrayBuffer>;
}

function readChunks(bytes: Uint8Array<ArrayBuffer>): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE_BYTES; at + CHUNK_BYTES <= bytes.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + length) });
    at += length + CHUNK_BYTES;
  }
  if (chunks.at(-1)?.type !== 'IEND') throw new MaskFileError('damaged');
  return chunks;
}

/** [r, g, b, alpha] for every index; entries without alpha are opaque. */
function readPalette(chunks: readonly Chunk[]): number[][] | null {
  const colours = chunks.find(({ type }) => type === 'PLTE')?.data;
  const alphas = chunks.find(({ type }) => type === 'tRNS')?.data;
  if (!colours) return null;
  return Array.from({ length: Math.floor(colours.length / 3) }, (_, i) => [
    ...colours.subarray(i * 3, i * 3 + 3),
    alphas?.[i] ?? 255,
  ]);
}

async function inflate(parts: Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Undoes a line's filter in place. Below a byte a pixel the left neighbour is the byte before, whatever the depth. */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array): void {
  for (let i = 0; i < line.length; i++) {
    const left = i > 0 ? line[i - 1]! : 0;
    const up = above[i]!;
    if (filter === 1) line[i]! += left;
    else if (filter === 2) line[i]! += up;
    else if (filter === 3) line[i]! += (left + up) >> 1;
    else if (filter === 4) line[i]! += paeth(left, up, i > 0 ? above[i - 1]! : 0);
  }
}

/** Whichever of the three neighbours is nearest to left + up − corner; the earlier one on a tie. */
function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
