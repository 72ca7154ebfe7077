import { describe, expect, it } from 'vitest';
import align from '../../../../models/contracts/fixtures/align.json';
import type { Networks } from '../networks';
import { findFaces } from './findFaces';

const ALIGNER = { detector: 'detector', mesh: 'mesh' };
const PHOTO = { pixels: new Uint8ClampedArray(64 * 48 * 4), width: 64, height: 48 };
const POINTS = new Float32Array(
  Uint8Array.from(atob(align.mesh.points.float32), (character) => character.charCodeAt(0)).buffer,
);
const [SURE, UNSURE] = [8, -8];

/** @param boxes sides of up to two boxes, in the detector’s pixels */
function detectorRows(boxes: readonly number[]): Float32Array {
  const rows = new Float32Array(align.anchors.count * 17);
  for (let i = 0; i < rows.length; i += 17) rows[i] = align.detector.other_score;
  for (const [k, side] of boxes.entries()) {
    // Anchors far apart, so that the boxes do not overlap; the eyes are level.
    rows.set([3, 0, 0, side, side, -side / 4, 0, side / 4, 0], (k === 0 ? 68 : 442) * 17);
  }
  return rows;
}

/** Networks that give their prepared outputs one after the other, the last for ever. */
function fake(detections: readonly (readonly number[])[], flags: readonly number[]) {
  const calls = { detector: 0, mesh: 0 };
  const next = <T>(key: keyof typeof calls, outputs: readonly T[]): T =>
    outputs[Math.min(calls[key]++, outputs.length - 1)]!;
  const run: Networks['run'] = (key) =>
    Promise.resolve(
      key === 'detector' ? detectorRows(next('detector', detections)) : Float32Array.of(...POINTS, next('mesh', flags)),
    );
  const networks: Networks = { run, encode: () => Promise.reject(new Error('unused')), release: () => undefined };
  return { networks, calls };
}

describe('findFaces', () => {
  it('turns a photo without faces once around', async () => {
    const { networks, calls } = fake([[]], [SURE]);
    expect(await findFaces(networks, ALIGNER, PHOTO)).toEqual([]);
    expect(calls).toEqual({ detector: 4, mesh: 0 });
  });

  it('gives the faces of the upright photo, the largest first', async () => {
    const { networks, calls } = fake([[30, 60]], [SURE]);
    const faces = await findFaces(networks, ALIGNER, PHOTO);
    expect(calls).toEqual({ detector: 1, mesh: 6 });
    expect(faces).toHaveLength(2);
    expect(faces[0]!.crop.size).toBeCloseTo(2 * faces[1]!.crop.size, 6);
    expect(faces[0]).toMatchObject({ score: 1 / (1 + Math.exp(-3)), isProfile: false });
  });

  it('turns on while the mesh sees no face in the boxes', async () => {
    const { networks, calls } = fake([[60]], [UNSURE, UNSURE, UNSURE, SURE]);
    const faces = await findFaces(networks, ALIGNER, PHOTO);
    expect(calls).toEqual({ detector: 2, mesh: 6 });
    expect(faces).toHaveLength(1);
  });

  it('takes a face that stands on its head the other way up', async () => {
    const [upright] = await findFaces(fake([[60]], [SURE, UNSURE, SURE]).networks, ALIGNER, PHOTO);
    const [onItsHead] = await findFaces(fake([[60]], [UNSURE, SURE]).networks, ALIGNER, PHOTO);
    const difference = onItsHead!.crop.angle - upright!.crop.angle;
    expect(Math.cos(difference)).toBeCloseTo(-1, 6);
    expect(onItsHead!.crop.size).toBeCloseTo(upright!.crop.size, 6);
  });
});
