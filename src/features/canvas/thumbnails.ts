import { FACE_CLASSES, parseColour } from '../../mask/classes';
import type { ClassMask } from '../../mask/classMask';
import { resampleMask } from '../../mask/resample';

/** Device pixels: sharp at 80 CSS pixels on dense screens. */
const THUMBNAIL_SIZE = 160;
const OPAQUE = 255;
/** Alpha of what a thumbnail does not mean to show. */
const FAINT = 90;

const COLOURS = FACE_CLASSES.map((row) => parseColour(row.displayColour));

/** A small picture of a mask. @param before another mask of the same size: what is as in there is shown faintly */
export function paintThumbnail(mask: ClassMask, before?: ClassMask): ImageData {
  const { data, size } = resampleMask(mask, THUMBNAIL_SIZE);
  const old = before && resampleMask(before, THUMBNAIL_SIZE).data;
  const image = new ImageData(size, size);
  for (const [i, value] of data.entries()) {
    image.data.set([...COLOURS[value]!, old?.[i] === value ? FAINT : OPAQUE], i * 4);
  }
  return image;
}
