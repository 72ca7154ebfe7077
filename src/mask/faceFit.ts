/** Where the face in a mask lies, compared with the standard face for which the parts to drop in are drawn. */
import { MASK_SIZE, type ClassMask } from './classMask';
import { findLandmarks, type Landmarks } from './faceLandmarks';
import { measureShape, type FaceShape } from './faceShape';
import type { Point } from './raster';
import { carry, carryBack, clampTo, fitPairs, place, through, weightedMean, type Similarity } from './similarity';
import { STANDARD } from './standardFace';

/** What of a face a drawing follows. Ears are the person's own: `l_ear` lies in the picture's right half. */
export const ANCHORS = ['eyes', 'mouth', 'head', 'neck', 'l_ear', 'r_ear'] as const;
export type Anchor = (typeof ANCHORS)[number];

/** From pixels of the standard face to pixels of the mask. */
type Placement = (point: Point) => Point;

const SCALE = { least: 0.4, most: 2 };
/** A neck further than this to one side, in the standard face's pixels, is half hidden by the jaw. */
const NECK_SHIFT = { least: -40, most: 40 };
/** How far what lies outside of an eye follows the face's edge: in a head turned aside one edge comes close and the other goes away. */
const SIDE_STRETCH = { least: 0.5, most: 1.7 };

/**
 * Fits the standard face to the one in a mask by eyes, mouth and nose, or by the skin where those are missing. A mask without a
 * face gets it at its own place. Turned by 35° at most and scaled by 0.4–2.
 *
 * @returns `null` for an ear that is hidden while the other one shows
 */
export function fitFace(mask: ClassMask): Record<Anchor, Placement | null> {
  const landmarks = findLandmarks(mask);
  const { eyes, mouth, neck } = landmarks;
  const base = fitBase(landmarks);
  const shape = measureShape(mask, base);
  const unit = mask.size / MASK_SIZE;
  const at = (fit: Similarity, across: (x: number) => number = (x) => x): Placement => {
    return (point) => {
      const { x, y } = carry(fit, { x: across(point.x), y: point.y });
      return { x: x * unit, y: y * unit };
    };
  };
  /** Brings what is drawn at one place of the standard face to another place of it. */
  const moved = (from: Point, to: Point) => at(through(base, from, carry(base, to)));
  const { x: middle } = STANDARD.face;
  const neckShift = clampTo(neck ? carryBack(base, neck).x - middle : shape.shift, NECK_SHIFT);
  const [eye] = eyes;
  const eyeFit = eyes.length > 1 ? fitPairs(eyes, SCALE) : eye ? through(base, eye.from, eye.to) : base;
  return {
    eyes: at(eyeFit, beyondEyes(base, eyeFit, shape)),
    mouth: at(mouth ? through(base, mouth.from, mouth.to) : base),
    head: at(base, (x) => middle + shape.shift + (x - middle) * shape.widthRatio),
    neck: moved({ x: middle, y: STANDARD.chin }, { x: middle + neckShift, y: shape.chin }),
    l_ear: shape.leftLobe && moved(STANDARD.leftLobe, shape.leftLobe),
    r_ear: shape.rightLobe && moved(STANDARD.rightLobe, shape.rightLobe),
  };
}

function fitBase({ eyes, mouth, nose, face }: Landmarks): Similarity {
  const pairs = [...eyes, mouth, nose].filter((pair) => pair !== null);
  // One eye and a mouth are far enough apart to tell size and angle; less is not.
  if (eyes.length > 1 || (eyes.length === 1 && mouth)) return fitPairs(pairs, SCALE);
  const scale = face ? clampTo(face.spread / STANDARD.spread, SCALE) : 1;
  if (pairs.length > 0) return place(weightedMean(pairs, 'from'), weightedMean(pairs, 'to'), scale);
  return place(STANDARD.face, face?.centre ?? STANDARD.face, scale);
}

/** Stretches what lies outside of the eyes so that it ends at the face's edges as the standard face's does at its own. */
function beyondEyes(base: Similarity, eyeFit: Similarity, shape: FaceShape): (x: number) => number {
  const { rightEye, leftEye, face, halfWidth } = STANDARD;
  const stretch = (eye: Point, side: -1 | 1) => {
    const edge = { x: face.x + shape.shift + side * halfWidth * shape.widthRatio, y: eye.y };
    const there = carryBack(eyeFit, carry(base, edge)).x;
    return clampTo((there - eye.x) / (face.x + side * halfWidth - eye.x), SIDE_STRETCH);
  };
  const [right, left] = [stretch(rightEye, -1), stretch(leftEye, 1)];
  return (x) => {
    if (x < rightEye.x) return rightEye.x + (x - rightEye.x) * right;
    return x > leftEye.x ? leftEye.x + (x - leftEye.x) * left : x;
  };
}
