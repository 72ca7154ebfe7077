/** Finished pictures as PNG files that carry their own recipe, and say that they were made by a machine. */
import type { AskedEdit } from './editStore';
import { addPngText, asciiJson } from './pngText';

export interface ResultRecipe {
  seed: number;
  steps: number;
  eta: number;
  mode: string;
  description: string;
  packId: string;
}

const SOFTWARE = 'Collaborative Diffusion in the browser';

/**
 * @param pixels RGBA, row by row, `size` squared; alpha is dropped
 * @returns a PNG with `tEXt` chunks `Software`, `AI-generated` ("true") and `Recipe` (JSON)
 */
export async function encodeResultPng(pixels: Uint8ClampedArray, size: number, recipe: ResultRecipe): Promise<Blob> {
  const { encode } = await import('fast-png');
  const rgb = new Uint8Array(size * size * 3);
  for (let i = 0; i < size * size; i++) rgb.set(pixels.subarray(i * 4, i * 4 + 3), i * 3);
  const bytes = encode({
    width: size,
    height: size,
    data: rgb,
    channels: 3,
    depth: 8,
    text: {
      Software: SOFTWARE,
      'AI-generated': 'true',
      Recipe: asciiJson({ 'AI-generated': true, ...recipe }),
    },
  });
  return new Blob([new Uint8Array(bytes)], { type: 'image/png' });
}

export interface EditRecipe extends AskedEdit {
  strength: number;
  mode: string;
}

/**
 * @param png an edited photo
 * @returns the same with `tEXt` chunks `Software`, `AI-edited` ("true") and `Recipe` (JSON)
 */
export function signEditedPng(png: Blob, recipe: EditRecipe): Blob {
  return addPngText(png, {
    Software: SOFTWARE,
    'AI-edited': 'true',
    Recipe: asciiJson({ 'AI-edited': true, ...recipe }),
  });
}
