import type { ClassMask } from './classMask';
import { paintRun, type Ink } from './ink';
import type { Point } from './raster';
import { unionRect, type Rect } from './rect';

/** Where an outline meets the line through a row's pixel centres, and whether it runs down (1) or up (−1) there. */
interface Crossing {
  readonly x: number;
  readonly turn: 1 | -1;
}

/** Centres this close to the outline lie on it, in mask pixels: rounding must not fill an outline and its mirror image differently. */
const ON_OUTLINE = 1e-6;

/**
 * Fills a closed outline, wherever it winds around at all: a lasso that crosses itself is filled fully. A pixel belongs to it
 * when its centre lies inside or on the outline; edges are hard.
 *
 * @param outline corners in mask pixels, which may lie outside the mask; the last one joins the first
 * @returns the rectangle around the filled pixels, or `null` when there are none
 */
export function fillPolygon(mask: ClassMask, outline: readonly Point[], ink: Ink): Rect | null {
  // Corners at a row's very centre count to the rows on both sides, or else a box would gain its top edge and lose its bottom.
  const below = fillRows(mask, crossings(mask.size, outline, 'below'), ink);
  const above = fillRows(mask, crossings(mask.size, outline, 'above'), ink);
  return unionRect(below, above);
}

/** The crossings of every row, just below or just above the row's pixel centres. */
function crossings(size: number, outline: readonly Point[], side: 'below' | 'above'): Crossing[][] {
  const rows = Array.from({ length: size }, (): Crossing[] => []);
  outline.forEach((from, i) => {
    const to = outline[(i + 1) % outline.length]!;
    const turn = to.y > from.y ? 1 : -1;
    const [top, bottom] = turn > 0 ? [from, to] : [to, from];
    // Rows with top ≤ centre < bottom, or top < centre ≤ bottom.
    const first = side === 'below' ? Math.ceil(top.y - 0.5) : Math.floor(top.y - 0.5) + 1;
    const last = side === 'below' ? Math.ceil(bottom.y - 0.5) - 1 : Math.floor(bottom.y - 0.5);
    for (let row = Math.max(0, first); row <= Math.min(size - 1, last); row++) {
      const along = (row + 0.5 - top.y) / (bottom.y - top.y);
      rows[row]!.push({ x: top.x + along * (bottom.x - top.x), turn });
    }
  });
  return rows;
}

function fillRows({ data, size }: ClassMask, rows: readonly Crossing[][], ink: Ink): Rect | null {
  let rect: Rect | null = null;
  for (const [row, found] of rows.entries()) {
    let winding = 0;
    let from = 0;
    for (const { x, turn } of found.toSorted((a, b) => a.x - b.x)) {
      if (winding === 0) from = x;
      winding += turn;
      if (winding !== 0) continue;
      const start = Math.max(0, Math.ceil(from - 0.5 - ON_OUTLINE));
      const end = Math.min(size - 1, Math.floor(x - 0.5 + ON_OUTLINE)) + 1;
      if (start >= end) continue;
      paintRun(data, row * size + start, row * size + end, ink);
      rect = unionRect(rect, { x: start, y: row, width: end - start, height: 1 });
    }
  }
  return rect;
}

/** How far the outline of an ellipse may lie from the true one, in mask pixels: too little to move a pixel that anyone sees. */
const ELLIPSE_ERROR = 0.02;

/**
 * The ellipse in the box between two points, as an outline for `fillPolygon`.
 *
 * @param from where the drag began, in mask pixels
 * @param options.circle makes the box a square of the longer side
 * @param options.fromCentre takes `from` as the centre instead of a corner
 */
export function ellipseOutline(
  from: Point,
  to: Point,
  { circle, fromCentre }: { circle: boolean; fromCentre: boolean },
): Point[] {
  const longer = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y));
  const width = circle ? longer * (to.x < from.x ? -1 : 1) : to.x - from.x;
  const height = circle ? longer * (to.y < from.y ? -1 : 1) : to.y - from.y;
  const centre = fromCentre ? from : { x: from.x + width / 2, y: from.y + height / 2 };
  const [rx, ry] = [width, height].map((side) => Math.abs(fromCentre ? side : side / 2)) as [number, number];
  // A chord over the angle a lies r · (1 − cos(a / 2)) from its arc. A multiple of four keeps all four ends of the axes.
  const quarter = Math.ceil(Math.PI / 4 / Math.acos(1 - ELLIPSE_ERROR / Math.max(rx, ry, 1)));
  return Array.from({ length: 4 * quarter }, (_, i) => {
    const angle = (i * Math.PI) / 2 / quarter;
    return { x: centre.x + rx * Math.cos(angle), y: centre.y + ry * Math.sin(angle) };
  });
}
