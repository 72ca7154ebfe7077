/** From the detector's box to the mesh's crop, and from the mesh to the aligned square; `face-alignment.json` has the numbers. */
import alignment from '../../../../models/contracts/face-alignment.json';
import { toPicture, toUnit, type Square } from '../../../lib/square';
import type { Point } from '../../../mask/raster';
import { carryBack, fitPairs } from '../../../mask/similarity';
import type { FaceBox } from './detector';

const { detector, mesh, crop } = alignment;

export interface FaceMesh {
  /** In the photo's pixels. */
  points: Point[];
  /** Logit of this being a face at all. */
  flag: number;
  /** How far the head is turned to a side, degrees. */
  turn: number;
}

/** The aligned face's eyes and mouth in its unit coordinates, as in the training photos. */
const TARGETS: readonly Point[] = [crop.points.image_left_eye, crop.points.image_right_eye, crop.points.mouth].map(
  ([x, y]) => ({ x: x!, y: y! }),
);

function angleOf(left: Point, right: Point): number {
  return Math.atan2(right.y - left.y, right.x - left.x);
}

/** Where the mesh looks first: around the box, the eyes level. @param view the square that the detector has seen */
export function boxSquare(box: FaceBox, view: Square): Square {
  const { size } = detector;
  const place = ({ x, y }: Point): Point => toPicture(view, { x: x / size, y: y / size });
  const side = mesh.margin * Math.max(box.width, box.height) * (view.size / size);
  return { ...place(box), size: side, angle: angleOf(place(box.points[0]!), place(box.points[1]!)) };
}

/** Where the mesh looks again: around all that it has found, the eyes level. @param points in the photo's pixels */
export function meshSquare(points: readonly Point[]): Square {
  const [left, right] = parts(points);
  const level: Square = { x: 0, y: 0, size: 1, angle: angleOf(left, right) };
  const turned = points.map((point) => toUnit(level, point));
  const [xs, ys] = [turned.map(({ x }) => x), turned.map(({ y }) => y)];
  const [least, most] = [
    { x: Math.min(...xs), y: Math.min(...ys) },
    { x: Math.max(...xs), y: Math.max(...ys) },
  ];
  const centre = toPicture(level, { x: (least.x + most.x) / 2, y: (least.y + most.y) / 2 });
  return { ...centre, size: mesh.margin * Math.max(most.x - least.x, most.y - least.y), angle: level.angle };
}

/** @param numbers [1405]: x, y, z in the crop's pixels, and the face flag's logit  @param square the crop */
export function readMesh(numbers: Float32Array, square: Square): FaceMesh {
  const points = Array.from({ length: mesh.points }, (_, i) => {
    return toPicture(square, { x: numbers[3 * i]! / mesh.size, y: numbers[3 * i + 1]! / mesh.size });
  });
  return { points, flag: numbers[3 * mesh.points]!, turn: turnOf(numbers) };
}

/** The slope in depth of the line between the eyes, degrees. */
function turnOf(numbers: Float32Array): number {
  const middle = (indices: readonly number[], axis: number): number =>
    indices.reduce((sum, i) => sum + numbers[3 * i + axis]!, 0) / indices.length;
  const [x, y, z] = [0, 1, 2].map((axis) => middle(mesh.image_right_eye, axis) - middle(mesh.image_left_eye, axis));
  return (Math.abs(Math.atan2(z!, Math.hypot(x!, y!))) * 180) / Math.PI;
}

/** The square of the photo in which eyes and mouth lie as near as can be to where training photos have them (least squares there). */
export function alignedSquare(points: readonly Point[]): Square {
  const places = parts(points);
  // Made level first, because the fit holds its angle within what an upright drawing may have.
  const level: Square = { x: 0, y: 0, size: 1, angle: angleOf(places[0], places[1]) };
  const pairs = places.map((place, i) => ({ from: toUnit(level, place), to: TARGETS[i]!, weight: 1 }));
  const fit = fitPairs(pairs, { least: 0, most: Infinity });
  const centre = toPicture(level, carryBack(fit, { x: 0.5, y: 0.5 }));
  return { ...centre, size: 1 / Math.hypot(fit.a, fit.b), angle: level.angle - Math.atan2(fit.b, fit.a) };
}

/** The middles of the image's left eye, its right eye and the mouth. */
function parts(points: readonly Point[]): [Point, Point, Point] {
  const middle = (indices: readonly number[]): Point => ({
    x: indices.reduce((sum, i) => sum + points[i]!.x, 0) / indices.length,
    y: indices.reduce((sum, i) => sum + points[i]!.y, 0) / indices.length,
  });
  return [middle(mesh.image_left_eye), middle(mesh.image_right_eye), middle(mesh.mouth)];
}
