import { describe, expect, it } from 'vitest';
import align from '../../../../models/contracts/fixtures/align.json';
import type { Square } from '../../../lib/square';
import { anchors, decodeBoxes } from './detector';
import { alignedSquare, boxSquare, meshSquare, readMesh } from './mesh';

/** Places in photo pixels and angles in radians; both sides compute in float64. */
const DIGITS = 6;
/** Numbers of one anchor. */
const ROW = 17;

function detectorOutput(): Float32Array {
  const rows = new Float32Array(anchors().length * ROW);
  for (let i = 0; i < rows.length; i += ROW) rows[i] = align.detector.other_score;
  for (const [i, row] of Object.entries(align.detector.rows)) rows.set(row, Number(i) * ROW);
  return rows;
}

function meshOutput(flag: number): Float32Array {
  const bytes = Uint8Array.from(atob(align.mesh.points.float32), (character) => character.charCodeAt(0));
  return Float32Array.of(...new Float32Array(bytes.buffer), flag);
}

function expectSquare(actual: Square, expected: Square): void {
  for (const key of ['x', 'y', 'size', 'angle'] as const) expect(actual[key]).toBeCloseTo(expected[key], DIGITS);
}

describe('the detector', () => {
  it('has its anchors where Python has them', () => {
    const all = anchors();
    expect(all).toHaveLength(align.anchors.count);
    for (const [i, [x, y]] of Object.entries(align.anchors.some)) expect(all[Number(i)]).toEqual({ x, y });
  });

  it('gives the sure boxes that do not overlap, the surest first', () => {
    const boxes = decodeBoxes(detectorOutput());
    expect(boxes).toHaveLength(align.detector.boxes.length);
    for (const [i, expected] of align.detector.boxes.entries()) {
      const box = boxes[i]!;
      for (const key of ['score', 'x', 'y', 'width', 'height'] as const) {
        expect(box[key]).toBeCloseTo(expected[key], DIGITS);
      }
      expect(box.points).toHaveLength(expected.points.length);
      for (const [k, [x, y]] of expected.points.entries()) {
        expect(box.points[k]!.x).toBeCloseTo(x!, 4);
        expect(box.points[k]!.y).toBeCloseTo(y!, 4);
      }
      expectSquare(boxSquare(box, align.detector.view), expected.square);
    }
  });

  it('gives none where nothing is sure, or a box has no area', () => {
    const rows = detectorOutput();
    for (let i = 0; i < rows.length; i += ROW) rows[i + 3] = 0;
    expect(decodeBoxes(rows)).toEqual([]);
  });
});

describe('the mesh', () => {
  const { points, turn } = readMesh(meshOutput(0), align.mesh.square);

  it('is carried into the photo, with how far the head is turned', () => {
    expect(points).toHaveLength(468);
    expect(turn).toBeCloseTo(align.mesh.turned_by_degrees, DIGITS);
    expectSquare(meshSquare(points), align.mesh.next_square);
  });

  it('says whether it is a face', () => {
    expect(readMesh(meshOutput(-2.5), align.mesh.square).flag).toBe(-2.5);
  });

  it('gives the aligned square, whichever way the photo is turned', () => {
    const crop = align.mesh.crop;
    expectSquare(alignedSquare(points), crop);
    const turned = alignedSquare(points.map(({ x, y }) => ({ x: -y, y: x })));
    expectSquare(turned, { x: -crop.y, y: crop.x, size: crop.size, angle: crop.angle + Math.PI / 2 });
  });
});
