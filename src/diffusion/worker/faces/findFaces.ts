/** Finding the faces of a photo, and the square of each that is aligned as the training photos are. */
import alignment from '../../../../models/contracts/face-alignment.json';
import { sampleSquare, type Square } from '../../../lib/square';
import type { FoundFace, RgbaPicture } from '../../shared/types';
import type { Networks } from '../networks';
import { toPlanes } from '../pictures';
import { decodeBoxes, sigmoid, type FaceBox } from './detector';
import { alignedSquare, boxSquare, meshSquare, readMesh, type FaceMesh } from './mesh';

const { detector, mesh } = alignment;

/** The file keys of the pack's aligner. */
export interface Aligner {
  detector: string;
  mesh: string;
}

/** In the upright photo, else in one turned by quarters: as far as any face is confirmed. @returns the largest first */
export async function findFaces(networks: Networks, aligner: Aligner, photo: RgbaPicture): Promise<FoundFace[]> {
  const { width, height } = photo;
  for (let quarters = 0; quarters < 4; quarters++) {
    const angle = (quarters * Math.PI) / 2;
    const view: Square = { x: width / 2, y: height / 2, size: Math.max(width, height), angle };
    const pixels = sampleSquare(photo, view, detector.size, 'black');
    const boxes = decodeBoxes(await runOnPicture(networks, aligner.detector, pixels, detector.size));
    const faces: FoundFace[] = [];
    for (const box of boxes) faces.push(...(await confirm(networks, aligner, photo, box, view)));
    if (faces.length > 0) return faces.toSorted((a, b) => b.crop.size - a.crop.size);
  }
  return [];
}

/**
 * The box's face; none where the mesh sees none: in sideways photos the detector takes much for a face. It also finds faces that
 * stand on their heads, but takes chins for brows, so the mesh looks both ways.
 */
async function confirm(
  networks: Networks,
  aligner: Aligner,
  photo: RgbaPicture,
  box: FaceBox,
  view: Square,
): Promise<FoundFace[]> {
  const square = boxSquare(box, view);
  const upright = await fitMesh(networks, aligner, photo, square);
  const onItsHead = await fitMesh(networks, aligner, photo, { ...square, angle: square.angle + Math.PI });
  const better = onItsHead.flag > upright.flag ? onItsHead : upright;
  // Again, because a crop that fits better gives better points.
  const { points, flag, turn } = await fitMesh(networks, aligner, photo, meshSquare(better.points));
  if (sigmoid(flag) < mesh.flag) return [];
  return [{ crop: alignedSquare(points), score: box.score, isProfile: turn > mesh.profile_degrees }];
}

async function fitMesh(networks: Networks, aligner: Aligner, photo: RgbaPicture, square: Square): Promise<FaceMesh> {
  const pixels = sampleSquare(photo, square, mesh.size, 'edge');
  return readMesh(await runOnPicture(networks, aligner.mesh, pixels, mesh.size), square);
}

/** @param pixels RGBA, `size` squared */
export function runOnPicture(
  networks: Networks,
  key: string,
  pixels: Uint8ClampedArray,
  size: number,
): Promise<Float32Array> {
  return networks.run(key, { image: { data: toPlanes(pixels, size), shape: [1, 3, size, size] } });
}
