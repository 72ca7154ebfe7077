/** Smooth outlines and their filling: the pen that draws the sample masks. */

/** @typedef {readonly [x: number, y: number]} Point Pixels of a 512 × 512 mask, from its top left. */

/** Straight pieces between two control points: far finer than a pixel at this size. */
const PIECES = 16;

/**
 * A smooth open curve through all points (Catmull–Rom, as cubic Bézier pieces), so that outlines can be given by places on a face.
 *
 * @param {readonly Point[] | string} places points, or `x,y` pairs with spaces between
 * @returns {Point[]}
 */
export function curve(places) {
  const points = toPoints(places);
  /** @param {number} i */
  const at = (i) => /** @type {Point} */ (points[Math.min(Math.max(i, 0), points.length - 1)]);
  /** @type {Point[]} */
  const out = [at(0)];
  for (let i = 0; i < points.length - 1; i++) out.push(...piece(at(i - 1), at(i), at(i + 1), at(i + 2)));
  return out;
}

/** @param {readonly Point[] | string} places @returns {readonly Point[]} */
function toPoints(places) {
  if (typeof places !== 'string') return places;
  return places.split(' ').map((pair) => {
    const [x = NaN, y = NaN] = pair.split(',').map(Number);
    return [x, y];
  });
}

/**
 * A smooth closed outline through all points.
 *
 * @param {readonly Point[] | string} places as in `curve`
 * @returns {Point[]}
 */
export function loop(places) {
  const points = toPoints(places);
  const n = points.length;
  /** @param {number} i */
  const at = (i) => /** @type {Point} */ (points[(i + n) % n]);
  return points.flatMap((_, i) => piece(at(i - 1), at(i), at(i + 1), at(i + 2)));
}

/**
 * @param {number} x @param {number} y @param {number} rx @param {number} ry
 * @returns {Point[]}
 */
export function ellipse(x, y, rx, ry) {
  return Array.from({ length: 64 }, (_, i) => {
    const angle = (i / 32) * Math.PI;
    return /** @type {Point} */ ([x + rx * Math.cos(angle), y + ry * Math.sin(angle)]);
  });
}

/**
 * The outline seen in a mirror that stands upright at x = axis.
 *
 * @param {readonly Point[]} points @param {number} axis
 * @returns {Point[]}
 */
export function flip(points, axis) {
  return points.map(([x, y]) => [2 * axis - x, y]);
}

/**
 * An outline with the irregular waves of hair: every point moves along the normal by a sum of sines that no two places share.
 *
 * @param {readonly Point[]} points a dense outline, as `loop` and `curve` give it
 * @param {{ amplitude: number, wavelength: number, seed: number, calmAbove?: number }} waves in pixels; `seed` is any number, and the
 *   waves grow from nothing at y = `calmAbove` to their full height 200 pixels lower, as hair lies close at the crown
 * @returns {Point[]}
 */
export function rough(points, { amplitude, wavelength, seed, calmAbove = -200 }) {
  let length = 0;
  return points.map((point, i) => {
    const before = points[Math.max(i - 1, 0)] ?? point;
    const after = points[Math.min(i + 1, points.length - 1)] ?? point;
    length += Math.hypot(point[0] - before[0], point[1] - before[1]);
    const tangent = Math.hypot(after[0] - before[0], after[1] - before[1]) || 1;
    const phase = (2 * Math.PI * length) / wavelength;
    const wave =
      0.6 * Math.sin(phase + seed + 1.4 * Math.sin(0.31 * phase + 3 * seed)) +
      0.4 * Math.sin(0.47 * phase + 2.4 * seed);
    const growth = Math.min(Math.max((point[1] - calmAbove) / 200, 0), 1);
    const move = (amplitude * growth * wave) / tangent;
    return [point[0] - (after[1] - before[1]) * move, point[1] + (after[0] - before[0]) * move];
  });
}

/**
 * Round curls along an outline, of uneven size and distance.
 *
 * @param {readonly Point[]} points @param {number} radius pixels @param {number} seed any number
 * @returns {Point[][]}
 */
export function curlsAlong(points, radius, seed) {
  /** @type {Point[][]} */
  const out = [];
  let [next, length] = [0, 0];
  for (const [i, [x, y]] of points.entries()) {
    const before = points[Math.max(i - 1, 0)] ?? [x, y];
    length += Math.hypot(x - before[0], y - before[1]);
    if (length < next) continue;
    const size = radius * (1 + 0.35 * Math.sin(seed + 2.4 * out.length));
    out.push(ellipse(x + 3 * Math.sin(5 * out.length), y + 3 * Math.cos(3 * out.length), size, size * 0.92));
    next = length + size * (1 + 0.25 * Math.sin(1.7 * out.length + seed));
  }
  return out;
}

/**
 * Gives every pixel whose centre lies inside the outline (even–odd rule) one class.
 *
 * @param {Uint8Array} mask @param {number} size @param {readonly Point[]} outline @param {number} value
 */
export function fillOutline(mask, size, outline, value) {
  for (let row = 0; row < size; row++) {
    const crossings = rowCrossings(outline, row + 0.5);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const start = Math.max(0, Math.ceil(/** @type {number} */ (crossings[i]) - 0.5));
      const end = Math.min(size, Math.ceil(/** @type {number} */ (crossings[i + 1]) - 0.5));
      if (start < end) mask.fill(value, row * size + start, row * size + end);
    }
  }
}

/** @param {readonly Point[]} outline @param {number} y */
function rowCrossings(outline, y) {
  /** @type {number[]} */
  const out = [];
  let [x0, y0] = /** @type {Point} */ (outline.at(-1));
  for (const [x1, y1] of outline) {
    if (y0 <= y !== y1 <= y) out.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
    [x0, y0] = [x1, y1];
  }
  return out.toSorted((a, b) => a - b);
}

/**
 * @param {Point} before @param {Point} from @param {Point} to @param {Point} after
 * @returns {Point[]} points after `from`, up to and with `to`
 */
function piece(before, from, to, after) {
  return Array.from({ length: PIECES }, (_, i) => {
    const t = (i + 1) / PIECES;
    return [cubic(t, before, from, to, after, 0), cubic(t, before, from, to, after, 1)];
  });
}

/**
 * @param {number} t 0–1 @param {Point} before @param {Point} from @param {Point} to @param {Point} after
 * @param {0 | 1} axis x or y
 */
function cubic(t, before, from, to, after, axis) {
  const first = from[axis] + (to[axis] - before[axis]) / 6;
  const second = to[axis] - (after[axis] - from[axis]) / 6;
  const u = 1 - t;
  return u ** 3 * from[axis] + 3 * u * u * t * first + 3 * u * t * t * second + t ** 3 * to[axis];
}
