import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { encodeResultPng } from './resultPng';

test('the file holds the pixels, says how it was made, and keeps words of any script', async () => {
  const pixels = Uint8ClampedArray.from({ length: 16 }, (_, i) => (i % 4 === 3 ? 255 : i * 10));
  const recipe = { seed: 7, steps: 20, eta: 1, mode: 'both', description: 'Улыбка, ñ, “笑” 😀', packId: 'nano' };
  const blob = await encodeResultPng(pixels, 2, recipe);
  expect(blob.type).toBe('image/png');
  const png = decode(await blob.arrayBuffer());
  expect([png.width, png.height, png.channels]).toEqual([2, 2, 3]);
  expect([...png.data].slice(0, 6)).toEqual([0, 10, 20, 40, 50, 60]);
  expect(png.text['AI-generated']).toBe('true');
  expect(JSON.parse(png.text.Recipe!)).toEqual({ 'AI-generated': true, ...recipe });
});
