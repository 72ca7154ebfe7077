/** @typedef {import('./curves.mjs').Point} Point */

/** Widest distance in pixels by which a stored outline may miss the drawn one. */
const TOLERANCE = 0.2;

/**
 * An outline with no more points than its shape needs (Douglas–Peucker).
 *
 * @param {readonly Point[]} points @returns {readonly Point[]}
 */
export function thinned(points) {
  const [first, last] = [points[0], points.at(-1)];
  if (points.length < 3 || !first || !last) return points;
  const distances = points.map((point) => distance(point, first, last));
  const widest = Math.max(...distances);
  if (widest <= TOLERANCE) return [first, last];
  const at = distances.indexOf(widest);
  return [...thinned(points.slice(0, at + 1)), ...thinned(points.slice(at)).slice(1)];
}

/** From a point to the line through two others, or to the point where both are. @param {Point} p @param {Point} a @param {Point} b */
function distance(p, a, b) {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  if (length === 0) return Math.hypot(p[0] - a[0], p[1] - a[1]);
  return Math.abs((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])) / length;
}
