/** The numbers that `python -m codiff fixtures` wrote: page and command line edit photos alike. */
import { describe, expect, test } from 'vitest';
import align from '../../models/contracts/fixtures/align.json';
import compositing from '../../models/contracts/fixtures/composite.json';
import descriptions from '../../models/contracts/fixtures/descriptions.json';
import regions from '../../models/contracts/fixtures/regions.json';
import { composite, feather } from './composite';
import { sampleCrop } from './crop';
import { describeFace } from './describeFace';
import type { Patch } from './picture';
import { editRegion, type RegionInput } from './region';

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function floatsOf({ float32 }: { float32: string }): Float32Array<ArrayBuffer> {
  return new Float32Array(bytesOf(float32).buffer);
}

/** RGB → opaque RGBA. */
function rgbaOf(rgb: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  return Uint8ClampedArray.from({ length: (rgb.length / 3) * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : rgb[Math.floor(i / 4) * 3 + (i % 4)]!,
  );
}

function rgbOf(rgba: Uint8ClampedArray): number[] {
  return [...rgba].filter((_, i) => i % 4 !== 3);
}

function patchOf({ width, height, rgb }: { width: number; height: number; rgb: string }): Patch {
  return { x: 0, y: 0, width, height, pixels: rgbaOf(bytesOf(rgb)) };
}

test.each(align.sampling.squares.filter(({ black }) => !black))('samples $crop to $size pixels', (square) => {
  const sampled = rgbOf(sampleCrop(patchOf(align.sampling.photo), square.crop, square.size));
  // Bytes here, real numbers there.
  for (const [i, value] of square.values.entries()) expect(Math.abs(sampled[i]! - value)).toBeLessThan(0.51);
});

describe('regions', () => {
  const [size, source, target] = [regions.size, bytesOf(regions.source), bytesOf(regions.target)];
  const input = (other: boolean): Omit<RegionInput, 'mode'> => ({
    size,
    masks: [source, other ? target : source],
    descriptions: ['', ''],
    painted: null,
  });

  test.each(regions.cases)('“$before” → “$after”, other mask: $other_mask', (row) => {
    const { before, after } = row;
    const region = editRegion({ ...input(row.other_mask), mode: 'auto', descriptions: [before, after] });
    expect(region).toEqual(bytesOf(row.region));
  });

  test('the whole head', () => {
    expect(editRegion({ ...input(true), mode: 'whole' })).toEqual(bytesOf(regions.whole_head));
  });

  test('what is painted stands alone, or adds to what is found', () => {
    const painted = new Uint8Array(size * size);
    painted[5] = 1;
    expect(editRegion({ ...input(true), mode: 'painted', painted })).toEqual(painted);
    const found = editRegion({ ...input(true), mode: 'auto' });
    expect(found[5]).toBe(0);
    found[5] = 1;
    expect(editRegion({ ...input(true), mode: 'auto', painted })).toEqual(found);
  });
});

test.each(descriptions.cases)('$description', ({ numbers, mask, description }) => {
  expect(describeFace(numbers && floatsOf(numbers), bytesOf(mask), descriptions.size)).toBe(description);
});

describe('compositing', () => {
  const { size } = compositing;
  const region = floatsOf(compositing.region);
  const face = {
    edited: rgbaOf(bytesOf(compositing.edited)),
    reconstruction: rgbaOf(bytesOf(compositing.reconstruction)),
    region,
    size,
  };

  test('the soft border is the same', () => {
    const alpha = feather(region, size);
    for (const [i, value] of floatsOf(compositing.alpha).entries())
      expect(Math.abs(alpha[i]! - value)).toBeLessThan(1e-6);
  });

  test.each(compositing.cases)('at $crop', ({ crop, result }) => {
    const photo = patchOf(compositing.photo);
    const [ours, theirs] = [rgbOf(composite(photo, crop, face).pixels), bytesOf(result)];
    // A value on the edge between two bytes may fall to either side.
    for (const [i, value] of theirs.entries()) expect(Math.abs(ours[i]! - value)).toBeLessThanOrEqual(1);
    const unlike = ours.filter((value, i) => value !== theirs[i]).length;
    expect(unlike / ours.length).toBeLessThan(0.002);
  });

  test('an empty region gives the photo itself', () => {
    const photo = patchOf(compositing.photo);
    const empty = { ...face, region: new Float32Array(size * size) };
    expect(composite(photo, compositing.cases[0]!.crop, empty).pixels).toEqual(photo.pixels);
  });
});
