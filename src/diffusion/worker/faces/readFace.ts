/** What the pack's helpers see in an aligned face. */
import { sampleSquare } from '../../../lib/square';
import type { Manifest } from '../../shared/manifest';
import type { FaceReading } from '../../shared/types';
import type { Networks } from '../networks';
import { runOnPicture } from './findFaces';

type Helper = NonNullable<NonNullable<Manifest['helpers']>['parser']>;

/** @param image RGBA, `imageSize` squared */
export async function readFace(
  networks: Networks,
  parser: Helper,
  attributes: Helper | undefined,
  image: Uint8ClampedArray<ArrayBuffer>,
  imageSize: number,
): Promise<FaceReading> {
  const see = ({ network, size }: Helper): Promise<Float32Array> =>
    runOnPicture(networks, network, resized(image, imageSize, size), size);
  const mask = likeliestClasses(await see(parser), parser.size ** 2);
  return {
    mask,
    maskSize: parser.size,
    attributes: attributes ? Float32Array.from(await see(attributes)) : null,
  };
}

function resized(pixels: Uint8ClampedArray, from: number, to: number): Uint8ClampedArray {
  if (from === to) return pixels;
  const whole = { x: from / 2, y: from / 2, size: from, angle: 0 };
  return sampleSquare({ pixels, width: from, height: from }, whole, to, 'edge');
}

/** @param logits [classes, places]  @returns the index of the largest at each place */
function likeliestClasses(logits: Float32Array, places: number): Uint8Array<ArrayBuffer> {
  const best = new Uint8Array(places);
  for (let at = places; at < logits.length; at++) {
    const place = at % places;
    if (logits[at]! > logits[best[place]! * places + place]!) best[place] = Math.floor(at / places);
  }
  return best;
}
