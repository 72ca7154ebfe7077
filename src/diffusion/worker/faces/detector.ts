/** What the face detector's numbers mean (BlazeFace: Bazarevsky et al., 2019); `face-alignment.json` has its grids and thresholds. */
import alignment from '../../../../models/contracts/face-alignment.json';
import type { Point } from '../../../mask/raster';

const { detector } = alignment;

/** Per anchor: score logit, box centre, box sides, six key points. */
const NUMBERS = 17;
const FIRST_POINT = 5;
const POINTS = 6;

/** A face as the detector sees it, in its own pixels. */
export interface FaceBox {
  /** 0 … 1 */
  score: number;
  /** Centre. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Right eye, left eye (the person's), nose, mouth, right ear, left ear. */
  points: Point[];
}

/** Centres of the anchors in the detector's pixels, in the order of its rows. */
export function anchors(): Point[] {
  return detector.grids.flatMap(({ side, anchors: count }) => {
    const centre = (i: number): number => ((i + 0.5) / side) * detector.size;
    return Array.from({ length: side * side * count }, (_, i) => {
      const cell = Math.floor(i / count);
      return { x: centre(cell % side), y: centre(Math.floor(cell / side)) };
    });
  });
}

/** @param rows [896, 17]  @returns faces that hardly overlap, the surest first */
export function decodeBoxes(rows: Float32Array): FaceBox[] {
  const boxes = anchors()
    .map((anchor, i) => decodeRow(rows.subarray(i * NUMBERS, (i + 1) * NUMBERS), anchor))
    .filter(({ score, width, height }) => score >= detector.score && width > 0 && height > 0)
    .toSorted((a, b) => b.score - a.score);
  const kept: FaceBox[] = [];
  for (const box of boxes) {
    if (kept.every((other) => overlap(box, other) <= detector.overlap)) kept.push(box);
  }
  return kept;
}

function decodeRow(row: Float32Array, anchor: Point): FaceBox {
  const points = Array.from({ length: POINTS }, (_, i) => ({
    x: anchor.x + row[FIRST_POINT + 2 * i]!,
    y: anchor.y + row[FIRST_POINT + 2 * i + 1]!,
  }));
  return {
    score: sigmoid(row[0]!),
    x: anchor.x + row[1]!,
    y: anchor.y + row[2]!,
    width: row[3]!,
    height: row[4]!,
    points,
  };
}

/** Intersection over union. */
function overlap(a: FaceBox, b: FaceBox): number {
  const wide = Math.min(a.x + a.width / 2, b.x + b.width / 2) - Math.max(a.x - a.width / 2, b.x - b.width / 2);
  const tall = Math.min(a.y + a.height / 2, b.y + b.height / 2) - Math.max(a.y - a.height / 2, b.y - b.height / 2);
  const both = Math.max(wide, 0) * Math.max(tall, 0);
  return both / (a.width * a.height + b.width * b.height - both);
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
