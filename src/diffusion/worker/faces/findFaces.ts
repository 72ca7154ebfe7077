/** Finding the faces of a photo, and the square of each that is aligned as the training photos are. */
import alignment from '../../../../models/contracts/face-alignment.json';
import { sampleSquare, type Square } from '../../../lib/square';
import type { FoundFace, RgbaPicture } from '../../shared/types';
import type { Networks } from '../networks';
import { toPlanes } from '../pictures';
import { decodeBoxes, type FaceBox } from './detector';
import { alignedSquare, boxSquare, meshSquare, readMesh, type FaceMesh } from './mesh';

const { detector, mesh } = alignment;

/** The file keys of the pack's aligner. */
export interface Aligner {
  detector: string;
  mesh: string;
}

/** @returns the largest first */
export async function findFaces(networks: Networks, aligner: Aligner, photo: RgbaPicture): Promise<FoundFace[]> {
  const { boxes, view } = await detect(networks, aligner, photo);
  const faces: FoundFace[] = [];
  for (const box of boxes) {
    const first = await fitMesh(networks, aligner, photo, boxSquare(box, view));
    // Again, because a crop that fits better gives better points.
    const { points, sureness, turn } = await fitMesh(networks, aligner, photo, meshSquare(first.points));
    if (sureness < mesh.flag) continue;
    faces.push({ crop: alignedSquare(points), score: box.score, isProfile: turn > mesh.profile_degrees });
  }
  return faces.toSorted((a, b) => b.crop.size - a.crop.size);
}

/** Boxes in the upright photo, else in one turned by quarters, and the square that the detector has seen. */
async function detect(
  networks: Networks,
  aligner: Aligner,
  photo: RgbaPicture,
): Promise<{ boxes: FaceBox[]; view: Square }> {
  const { width, height } = photo;
  const upright: Square = { x: width / 2, y: height / 2, size: Math.max(width, height), angle: 0 };
  for (let quarters = 0; quarters < 4; quarters++) {
    const view = { ...upright, angle: (quarters * Math.PI) / 2 };
    const pixels = sampleSquare(photo, view, detector.size, 'black');
    const boxes = decodeBoxes(await runOnPicture(networks, aligner.detector, pixels, detector.size));
    if (boxes.length > 0) return { boxes, view };
  }
  return { boxes: [], view: upright };
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
