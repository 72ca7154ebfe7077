/** Finished pictures as PNG files that carry their own recipe, and say that they were made by a machine. */

export interface ResultRecipe {
  seed: number;
  steps: number;
  eta: number;
  mode: string;
  description: string;
  packId: string;
}

const SOFTWARE = 'Collaborative Diffusion in the browser';

/** JSON in ASCII alone: a PNG `tEXt` chunk is Latin-1, and descriptions may be in any script. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

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
