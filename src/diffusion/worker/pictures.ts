/** Between a network's planes and what the page can show. */

/** @param image [3, size, size], RGB in [0, 1]; values outside are clamped  @returns RGBA, row by row, opaque */
export function toPixels(image: Float32Array, size: number): Uint8ClampedArray<ArrayBuffer> {
  const places = size * size;
  const pixels = new Uint8ClampedArray(places * 4);
  for (let place = 0; place < places; place++) {
    // Uint8ClampedArray clamps and rounds to nearest by itself.
    for (let channel = 0; channel < 3; channel++) {
      pixels[place * 4 + channel] = image[channel * places + place]! * 255;
    }
    pixels[place * 4 + 3] = 255;
  }
  return pixels;
}

/** @param pixels RGBA, row by row; alpha is not read  @returns [3, size, size], RGB in [0, 1] */
export function toPlanes(pixels: Uint8ClampedArray, size: number): Float32Array<ArrayBuffer> {
  const places = size * size;
  const planes = new Float32Array(3 * places);
  for (let place = 0; place < places; place++) {
    for (let channel = 0; channel < 3; channel++) {
      planes[channel * places + place] = pixels[place * 4 + channel]! / 255;
    }
  }
  return planes;
}

/** @param pixels RGBA; copied, so it may be moved elsewhere afterwards */
export function toBitmap(pixels: Uint8ClampedArray<ArrayBuffer>, size: number): Promise<ImageBitmap> {
  return createImageBitmap(new ImageData(pixels, size, size), { colorSpaceConversion: 'none' });
}
