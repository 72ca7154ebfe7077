/**
 * Parts of a face as CelebA-HQ crops hold it: eyes level at y ≈ 245, mouth at y ≈ 375, chin at y ≈ 460 of 512.
 * Sides are the person's own, so the left eye lies in the picture's right half.
 */
import { curve, flip, loop } from './curves.mjs';

/** @typedef {import('./curves.mjs').Point} Point */
/** @typedef {readonly [key: string, outline: readonly Point[]]} Part A class key and where it goes. */

/** The face's upright middle line: x in pixels. */
export const AXIS = 257;

/** Half the face's width at heights from hairline to chin. */
const OUTLINE = /** @type {const} */ ([
  [34, 92],
  [74, 104],
  [106, 132],
  [123, 170],
  [129, 212],
  [130, 256],
  [128, 300],
  [123, 338],
  [112, 372],
  [97, 405],
  [77, 432],
  [49, 451],
  [18, 460],
]);

/**
 * @param {{ width?: number, jaw?: number, chin?: number, turn?: number }} [options] `width` scales the whole face, `jaw` its lower
 *   third; `chin` moves the chin down and `turn` the chin to the picture's right, in pixels
 * @returns {Part}
 */
export function skin({ width = 1, jaw = 1, chin = 0, turn = 0 } = {}) {
  const right = OUTLINE.map(([half, y]) => {
    const low = Math.min(Math.max((y - 300) / 170, 0), 1);
    const square = 1 + (jaw - 1) * Math.sin(low * Math.PI * 0.8);
    return /** @type {Point} */ ([half * width * square, y + chin * low]);
  });
  /** @param {number} side @returns {Point[]} */
  const half = (side) => right.map(([x, y]) => [AXIS + side * x + turn * Math.max((y - 250) / 220, 0), y]);
  return ['skin', loop([...half(1), ...half(-1).toReversed()])];
}

/** @param {{ open?: number, width?: number }} [options] `open` scales the lids' distance @returns {Part[]} */
export function eyes({ open = 1, width = 1 } = {}) {
  /** @param {number} x @param {number} y @returns {Point} */
  const lid = (x, y) => [318 + (x - 318) * width, 245 + (y - 245) * open];
  const upper = curve([lid(293, 249), lid(301, 239.5), lid(315, 233.5), lid(330, 235), lid(343.5, 244.5)]);
  const lower = curve([lid(343.5, 244.5), lid(335, 251), lid(319, 255.5), lid(303, 254), lid(293, 249)]);
  return pair('l_eye', 'r_eye', [...upper, ...lower], 1.5);
}

/**
 * @param {{ thick?: number, arch?: number, lift?: number }} [options] `thick` and `arch` scale, `lift` moves up in pixels
 * @returns {Part[]}
 */
export function brows({ thick = 1, arch = 1, lift = 0 } = {}) {
  /** @param {number} x @param {number} y @param {number} half @returns {[Point, Point]} */
  const at = (x, y, half) => {
    const middle = 219 + (y - 219) * arch - lift;
    return [
      [x, middle - half * thick],
      [x, middle + half * thick],
    ];
  };
  const spine = [at(283, 214, 6.5), at(298, 211, 8.5), at(318, 206.5, 8.5), at(338, 205, 7), at(356, 209, 4.6)];
  const tip = /** @type {Point} */ ([374, 220 - lift]);
  const root = /** @type {Point} */ ([279, 219 - 3 * arch - lift]);
  const upper = curve([root, ...spine.map(([point]) => point), tip]);
  const lower = curve([tip, ...spine.map(([, point]) => point).toReversed(), root]);
  return pair('l_brow', 'r_brow', [...upper, ...lower], -2);
}

/** @param {{ width?: number, length?: number, turn?: number }} [options] `turn` moves the tip to the right @returns {Part} */
export function nose({ width = 1, length = 1, turn = 0 } = {}) {
  /** @type {Point[]} */
  const right = [
    [11, 233],
    [16, 248],
    [18, 268],
    [23, 288],
    [30, 302],
    [37, 312],
    [39.5, 321],
    [35, 330],
    [24, 332],
    [13, 337],
    [0, 340],
  ];
  /** @param {number} side @returns {Point[]} */
  const half = (side) =>
    right.map(([x, y]) => [
      AXIS + side * x * (y > 280 ? width : 1) + (turn * (y - 233)) / 107,
      233 + (y - 233) * length,
    ]);
  return ['nose', loop([...half(1), ...half(-1).toReversed().slice(1)])];
}

/** Lenses and frame are one region; eyes lie on top of it, as the models know glasses. @returns {Part} */
export function clearGlasses() {
  return [
    'eye_g',
    [
      ...curve('124,228 148,220 190,217 226,220 243,228 257,226 271,228 288,220 324,217 366,220 390,228'),
      ...curve(
        '390,239 380,246 374,270 358,288 324,295 293,288 279,266 272,244 257,238 242,244 235,266 221,288 190,295 156,288 140,270 134,246 124,239',
      ),
    ],
  ];
}

/** Lips that touch. @param {{ full?: number, width?: number }} [options] scales @returns {Part[]} */
export function closedMouth({ full = 1, width = 1 } = {}) {
  const at = mouthPoint(full, width);
  const line = [at(-52, -1), at(-30, 1.5), at(-8, 1.5), at(0, 3), at(8, 1.5), at(31, 1.5), at(52, -2)];
  const top = curve([
    at(-52, -1),
    at(-34, -9),
    at(-14, -17),
    at(-7, -17.5),
    at(0, -14.5),
    at(7, -17.5),
    at(15, -17),
    at(35, -9.5),
    at(52, -2),
  ]);
  const bottom = curve([at(52, -2), at(38, 15), at(18, 28), at(0, 31), at(-18, 28), at(-38, 15), at(-52, -1)]);
  return [
    ['u_lip', [...top, ...curve(line.toReversed())]],
    ['l_lip', [...curve(line), ...bottom]],
  ];
}

/** A smile that shows teeth. @param {{ full?: number, width?: number, open?: number }} [options] scales @returns {Part[]} */
export function smile({ full = 1, width = 1, open = 1 } = {}) {
  const at = mouthPoint(full, width);
  const [left, right] = [at(-57, -12), at(57, -13)];
  const under = [
    left,
    at(-44, -8),
    at(-22, -5),
    at(-7, -4.5),
    at(0, -3.5),
    at(7, -4.5),
    at(22, -5),
    at(44, -8.5),
    right,
  ];
  const over = [
    right,
    at(43, 3 * open),
    at(24, 12.5 * open),
    at(0, 16 * open),
    at(-24, 12.5 * open),
    at(-43, 3 * open),
    left,
  ];
  const top = curve([
    left,
    at(-38, -15.5),
    at(-17, -20),
    at(-7, -20.5),
    at(0, -18),
    at(7, -20.5),
    at(17, -20),
    at(38, -16),
    right,
  ]);
  const bottom = curve([
    right,
    at(47, 4 * open + 5),
    at(30, 13 * open + 13),
    at(11, 15 * open + 19),
    at(-11, 15 * open + 19),
    at(-30, 13 * open + 13),
    at(-47, 4 * open + 5),
    left,
  ]);
  return [
    ['l_lip', [...curve(under), ...bottom]],
    ['mouth', [...curve(under), ...curve(over)]],
    ['u_lip', [...top, ...curve(under.toReversed())]],
  ];
}

/** @param {number} full @param {number} width @returns {(x: number, y: number) => Point} */
function mouthPoint(full, width) {
  return (x, y) => [AXIS + x * width, 375 + y * (y > -13 && y < 4 ? 1 : full)];
}

/** @param {{ out?: number }} [options] pixels that they stand out further @returns {Part[]} */
export function ears({ out = 0 } = {}) {
  /** @type {Point[]} */
  const outline = [
    [376, 236],
    [390 + out, 226],
    [405 + out, 229],
    [412 + out, 245],
    [409 + out, 270],
    [403 + out, 292],
    [399 + out, 312],
    [391, 326],
    [380, 327],
    [370, 300],
  ];
  return pair('l_ear', 'r_ear', loop(outline), -1);
}

/** @param {{ width?: number }} [options] half of it, in pixels, under the jaw @returns {Part} */
export function neck({ width = 90 } = {}) {
  /** @type {Point[]} */
  const right = [
    [width, 370],
    [width - 2, 425],
    [width + 3, 456],
    [width + 24, 482],
    [width + 66, 502],
    [width + 110, 524],
  ];
  /** @type {Point[]} */
  const points = [
    ...right.map(([x, y]) => /** @type {Point} */ ([AXIS + x, y])),
    ...flip(right, 0)
      .map(([x, y]) => /** @type {Point} */ ([AXIS + x + 3, y]))
      .toReversed(),
  ];
  return ['neck', loop(points)];
}

/**
 * Both of a pair from the one in the picture's right half; the other is set off a little, as no face is a mirror image.
 *
 * @param {string} rightHalf @param {string} leftHalf class keys @param {readonly Point[]} outline @param {number} shift pixels
 * @returns {Part[]}
 */
function pair(rightHalf, leftHalf, outline, shift) {
  return [
    [rightHalf, outline],
    [leftHalf, flip(outline, AXIS).map(([x, y]) => [x + shift, y + shift / 3])],
  ];
}
