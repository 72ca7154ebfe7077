/** Puts an edited face back into its photo (models/contracts/README.md, “Editing a photo”). */
import { clamp } from '../lib/clamp';
import { toUnit } from '../lib/square';
import type { Crop } from './crop';
import { blur, dilate } from './filters';
import type { Patch } from './picture';

export interface EditedFace {
  /** RGBA, row by row, `size` squared. */
  readonly edited: Uint8ClampedArray;
  /** What the codec alone makes of the face: what it loses is none of the edit. */
  readonly reconstruction: Uint8ClampedArray;
  /** Where something was to change: at least ½, row by row, `size` squared. */
  readonly region: Float32Array;
  readonly size: number;
}

/** Shares of the face's side: how far the region's border is feathered, and how wide the crop's own border fades. */
const FEATHER = 1 / 64;
const BORDER = 1 / 32;
/** Change of a pixel, 0–1, below which all of the photo's fine detail stays, and above which none does. */
const DETAIL_STAYS = 0.04;
const DETAIL_GOES = 0.16;

/** Edit − reconstruction, reconstruction, α and 1 − k of a pixel, so that one bilinear reading gives all. */
const FIELDS = 8;
const ALPHA = 6;
const LOST = 7;

/**
 * @param patch the part of the photo that holds the crop
 * @returns a copy with the edit in it; pixels where nothing was to change keep their bytes
 */
export function composite(patch: Patch, crop: Crop, face: EditedFace): Patch {
  const fields = fieldsOf(face);
  const pixels = patch.pixels.slice();
  const { size } = face;
  const [origin, right] = [
    toUnit(crop, { x: patch.x + 0.5, y: patch.y + 0.5 }),
    toUnit(crop, { x: patch.x + 1.5, y: patch.y + 0.5 }),
  ];
  const [stepU, stepV] = [right.x - origin.x, right.y - origin.y];
  const values = new Float64Array(FIELDS);
  for (let row = 0; row < patch.height; row++) {
    // A step down is a step right, turned by a quarter.
    for (let column = 0; column < patch.width; column++) {
      const u = origin.x + column * stepU - row * stepV;
      const v = origin.y + column * stepV + row * stepU;
      if (u < 0 || u > 1 || v < 0 || v > 1 || !readFields(fields, size, u, v, values)) continue;
      const at = (row * patch.width + column) * 4;
      const [alpha, loss] = [values[ALPHA]!, values[LOST]!];
      for (let c = 0; c < 3; c++) {
        const photo = pixels[at + c]!;
        pixels[at + c] = Math.floor(photo + alpha * (values[c]! + loss * (values[3 + c]! - photo)) + 0.5);
      }
    }
  }
  return { ...patch, pixels };
}

/** α of the face's pixels, 0–1: the region grown and blurred, and faded out at the crop's border. Exactly 0 where nothing may change. */
export function feather(region: Float32Array, size: number): Float64Array<ArrayBuffer> {
  const distance = size * FEATHER;
  const inside = Uint8Array.from(region, (value) => (value >= 0.5 ? 1 : 0));
  const alpha = blur(dilate(inside, size, distance), size, distance);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const toBorder = Math.min(x, y, size - 1 - x, size - 1 - y);
      alpha[y * size + x]! *= Math.min(1, toBorder / (size * BORDER));
    }
  }
  return alpha;
}

/** 1 − k of the face's pixels: how much of the photo's fine detail gives way to the edit, 0–1. */
function detailLost({ edited, reconstruction, size }: EditedFace): Float64Array {
  const change = new Float64Array(size * size);
  for (let i = 0; i < change.length; i++) {
    const by = (c: number) => Math.abs(edited[i * 4 + c]! - reconstruction[i * 4 + c]!) / 255;
    change[i] = Math.max(by(0), by(1), by(2));
  }
  return blur(change, size, size * FEATHER).map((value) => {
    const t = clamp((value - DETAIL_STAYS) / (DETAIL_GOES - DETAIL_STAYS), 0, 1);
    return t * t * (3 - 2 * t);
  });
}

function fieldsOf(face: EditedFace): Float32Array {
  const { edited, reconstruction, region, size } = face;
  const [alpha, lost] = [feather(region, size), detailLost(face)];
  const fields = new Float32Array(size * size * FIELDS);
  for (let i = 0; i < size * size; i++) {
    for (let c = 0; c < 3; c++) {
      fields[i * FIELDS + c] = edited[i * 4 + c]! - reconstruction[i * 4 + c]!;
      fields[i * FIELDS + 3 + c] = reconstruction[i * 4 + c]!;
    }
    fields[i * FIELDS + ALPHA] = alpha[i]!;
    fields[i * FIELDS + LOST] = lost[i]!;
  }
  return fields;
}

/** Bilinear, edges held. @returns whether α is more than 0; the other values are left as they were where it is not */
function readFields(fields: Float32Array, size: number, u: number, v: number, values: Float64Array): boolean {
  const x = clamp(u * size - 0.5, 0, size - 1);
  const y = clamp(v * size - 0.5, 0, size - 1);
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  const a = (top * size + left) * FIELDS;
  const b = left + 1 < size ? a + FIELDS : a;
  const below = top + 1 < size ? size * FIELDS : 0;
  const [c, d] = [a + below, b + below];
  const isOutside = [a, b, c, d].every((at) => fields[at + ALPHA] === 0);
  if (isOutside) return false;
  const [wa, wb, wc, wd] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
  for (let i = 0; i < FIELDS; i++) {
    values[i] = wa * fields[a + i]! + wb * fields[b + i]! + wc * fields[c + i]! + wd * fields[d + i]!;
  }
  return values[ALPHA]! > 0;
}
