/** Parts of a face to drop into a mask, fitted to the face in it: glasses, hair, a hat, a smile … */
import * as v from 'valibot';
import { classIndexOf, FACE_CLASSES } from './classes';
import type { ClassMask } from './classMask';
import { ANCHORS, fitFace, type Anchor } from './faceFit';
import { coverRule } from './ink';
import type { Point } from './raster';
import { unionRect, type Rect } from './rect';
import { fillPolygon } from './shapes';

export interface Part {
  readonly id: string;
  readonly label: string;
  /** Painted one after the other. */
  readonly layers: readonly PartLayer[];
}

interface PartLayer {
  /** Class index 0–18 that it paints. */
  readonly class: number;
  readonly anchor: Anchor;
  /** Class indices that it may paint over. */
  readonly covers: readonly number[];
  /** Left out when the mask had any of these class indices before the part. */
  readonly absent: readonly number[];
  /** In the standard face's pixels (512 × 512). */
  readonly outline: readonly Point[];
}

const classIndex = v.pipe(v.picklist(FACE_CLASSES.map(({ key }) => key)), v.transform(classIndexOf));
const name = v.pipe(v.string(), v.nonEmpty());

const partsSchema = v.array(
  v.object({
    id: name,
    label: name,
    layers: v.pipe(
      v.array(
        v.object({
          class: classIndex,
          anchor: v.picklist(ANCHORS),
          covers: v.pipe(v.array(classIndex), v.nonEmpty()),
          absent: v.optional(v.array(classIndex), []),
          outline: v.pipe(
            v.array(v.pipe(v.number(), v.finite())),
            v.minLength(6),
            v.check((values) => values.length % 2 === 0, 'holds an x without a y'),
            v.transform(toPoints),
          ),
        }),
      ),
      v.nonEmpty(),
    ),
  }),
);

/**
 * Reads `samples/parts.json`: classes by key, outlines as flat lists x, y, x, y … in the standard face's pixels.
 *
 * @throws v.ValiError when it has another shape
 */
export function parseParts(json: unknown): Part[] {
  return v.parse(partsSchema, json);
}

function toPoints(values: number[]): Point[] {
  return Array.from({ length: values.length / 2 }, (_, i) => ({ x: values[2 * i]!, y: values[2 * i + 1]! }));
}

/**
 * Paints a part where it belongs on the mask's face, or where a face would be when there is none.
 *
 * @param locked class indices that are never painted over
 * @returns a rectangle around what changed, or `null` when nothing did: a fringe without a forehead, earrings where some are
 */
export function addPart(mask: ClassMask, part: Part, locked: readonly number[]): Rect | null {
  const before = mask.data.slice();
  const present = new Set(before);
  const placements = fitFace(mask);
  let painted: Rect | null = null;
  for (const layer of part.layers) {
    const placement = placements[layer.anchor];
    if (!placement || layer.absent.some((index) => present.has(index))) continue;
    const ink = { source: layer.class, covers: coverRule(layer.covers, locked) };
    painted = unionRect(painted, fillPolygon(mask, layer.outline.map(placement), ink));
  }
  return mask.data.every((value, i) => value === before[i]) ? null : painted;
}
