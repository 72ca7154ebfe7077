/** Photos through the browser's decoders: upright, in sRGB, opaque. Decoded when needed and let go at once: a photo fills a phone's memory. */
import type { Rect } from '../mask/rect';
import { inspectPhoto, requireSize } from './fileKind';
import { PhotoError } from './photoError';
import type { Patch, Picture } from './picture';

export interface Photo {
  readonly blob: Blob;
  readonly name: string;
  /** Pixels, upright. */
  readonly width: number;
  readonly height: number;
}

/** No photo of 64 megapixels comes near this; a video dropped by mistake does. */
const MOST_BYTES = 256 * 2 ** 20;
const JPEG_QUALITY = 0.9;

/** @throws PhotoError when the file is no photo that can be edited */
export async function openPhoto(file: File): Promise<Photo> {
  if (file.size > MOST_BYTES) throw new PhotoError('too-large', `${Math.round(file.size / 2 ** 20)} MB`);
  // Read whole, so that the photo stays even if the file is moved or changed.
  const bytes = new Uint8Array(
    await file.arrayBuffer().catch((cause: unknown) => {
      throw new PhotoError('damaged', '', { cause });
    }),
  );
  const { kind } = inspectPhoto(bytes);
  const blob = new Blob([bytes], { type: file.type });
  try {
    const size = await withImage(blob, ({ width, height }) => ({ width, height }));
    requireSize(size.width, size.height);
    return { blob, name: file.name, ...size };
  } catch (cause) {
    if (cause instanceof PhotoError) throw cause;
    throw new PhotoError(kind === 'heic' ? 'heic' : 'damaged', '', { cause });
  }
}

/** The photo with neither side longer than `longest` pixels. */
export async function shrinkPhoto(photo: Photo, longest: number): Promise<Picture> {
  const scale = Math.min(1, longest / Math.max(photo.width, photo.height));
  const [width, height] = [Math.max(1, Math.round(photo.width * scale)), Math.max(1, Math.round(photo.height * scale))];
  const context = canvasOf(width, height);
  context.imageSmoothingQuality = 'high';
  await withImage(photo.blob, (image) => context.drawImage(image, 0, 0, width, height));
  return { pixels: context.getImageData(0, 0, width, height).data, width, height };
}

/** A rectangle of the photo, pixel by pixel. */
export async function readPatch(photo: Photo, { x, y, width, height }: Rect): Promise<Patch> {
  const context = canvasOf(width, height);
  await withImage(photo.blob, (image) => context.drawImage(image, -x, -y));
  return { pixels: context.getImageData(0, 0, width, height).data, width, height, x, y };
}

/** The whole photo as PNG, with a patch put in its place. */
export async function encodeWithPatch(photo: Photo, { pixels, width, height, x, y }: Patch): Promise<Blob> {
  const context = canvasOf(photo.width, photo.height);
  await withImage(photo.blob, (image) => context.drawImage(image, 0, 0));
  context.putImageData(new ImageData(pixels, width, height), x, y);
  return context.canvas.convertToBlob({ type: 'image/png' });
}

/** Pixels as a file for `<img>`; photos as JPEG, which is quicker made than PNG. */
export async function encodePicture({ pixels, width, height }: Picture, type: 'png' | 'jpeg'): Promise<Blob> {
  const context = canvasOf(width, height);
  context.putImageData(new ImageData(pixels, width, height), 0, 0);
  return context.canvas.convertToBlob({ type: `image/${type}`, quality: JPEG_QUALITY });
}

/** Decoded and closed by hand: bitmaps hold memory outside the JavaScript heap. */
async function withImage<T>(blob: Blob, draw: (image: ImageBitmap) => T): Promise<T> {
  const image = await createImageBitmap(blob, { imageOrientation: 'from-image' });
  try {
    return draw(image);
  } finally {
    image.close();
  }
}

/** What is transparent is laid on white, as most programs show it. */
function canvasOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  // Reading back from the CPU is exact and quick; from a GPU it is neither everywhere.
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new PhotoError('too-large', `${width} × ${height} pixels`);
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  return context;
}
