/** The pack's own face parser, run by the tests themselves: what is where in a picture. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-web';

const CLASSES = 19;

export interface ClassMap {
  /** Class indices, row by row, `size` squared. */
  classes: Uint8Array;
  size: number;
}

interface ParserManifest {
  helpers: { parser: { network: string; size: number } };
  files: Record<string, { path: string }>;
}

/** @param pixels RGBA, row by row, `size` squared */
export async function parseFace(packFolder: string, pixels: Uint8Array, size: number): Promise<ClassMap> {
  const manifest: ParserManifest = JSON.parse(readFileSync(join(packFolder, 'manifest.json'), 'utf8'));
  const { network, size: side } = manifest.helpers.parser;
  const bytes = readFileSync(join(packFolder, manifest.files[network]!.path));
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(bytes);
  const image = new ort.Tensor('float32', shrinkToPlanes(pixels, size, side), [1, 3, side, side]);
  const { logits } = await session.run({ image });
  await session.release();
  return { classes: argmax(logits!.data as Float32Array, side * side), size: side };
}

/** Red, green and blue planes in [0, 1], each value the mean of a square of pixels. */
function shrinkToPlanes(pixels: Uint8Array, size: number, side: number): Float32Array {
  const step = size / side;
  if (!Number.isInteger(step)) throw new Error(`A picture of ${size} pixels does not shrink evenly to ${side}.`);
  const planes = new Float32Array(3 * side * side);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const place = Math.floor(y / step) * side + Math.floor(x / step);
      for (let c = 0; c < 3; c++) {
        planes[c * side * side + place]! += pixels[(y * size + x) * 4 + c]! / 255 / (step * step);
      }
    }
  }
  return planes;
}

function argmax(logits: Float32Array, places: number): Uint8Array {
  return Uint8Array.from({ length: places }, (_, place) => {
    let best = 0;
    for (let c = 1; c < CLASSES; c++) if (logits[c * places + place]! > logits[best * places + place]!) best = c;
    return best;
  });
}

/** A mask at another size, by the pixel nearest to each centre (the contract's rule). */
export function resizeMask(mask: ClassMap, size: number): ClassMap {
  const at = (i: number) => Math.floor(((i + 0.5) * mask.size) / size);
  const classes = Uint8Array.from(
    { length: size * size },
    (_, place) => mask.classes[at(Math.floor(place / size)) * mask.size + at(place % size)]!,
  );
  return { classes, size };
}

/** Intersection over union of the places whose class is in `wanted`, 0 … 1. */
export function overlap(a: ClassMap, b: ClassMap, wanted: readonly number[]): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < a.classes.length; i++) {
    const inA = wanted.includes(a.classes[i]!);
    const inB = wanted.includes(b.classes[i]!);
    both += Number(inA && inB);
    either += Number(inA || inB);
  }
  return both / Math.max(1, either);
}
