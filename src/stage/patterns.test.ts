import { describe, expect, test } from 'vitest';
import { FACE_CLASSES, parseColour } from '../mask/classes';
import { luminance, TILE_SIDE, tileTable } from './patterns';

const AREA = TILE_SIDE * TILE_SIDE;
const OPAQUE = 0xff;

const tileOf = (table: Uint32Array, index: number) => table.subarray(index * AREA, (index + 1) * AREA);
const channels = (pixel: number) => Array.from(new Uint8Array(Uint32Array.of(pixel).buffer));

describe('colours', () => {
  test('every class is flat in its display colour', () => {
    const table = tileTable(false, []);
    for (const { index, displayColour } of FACE_CLASSES) {
      const tile = tileOf(table, index);
      expect(channels(tile[0]!)).toEqual([...parseColour(displayColour), OPAQUE]);
      expect(new Set(tile).size).toBe(1);
    }
  });

  test('hidden classes are transparent, others are not', () => {
    const table = tileTable(true, [0, 13]);
    for (const { index } of FACE_CLASSES) {
      const opacities = new Set(Array.from(tileOf(table, index), (pixel) => channels(pixel)[3]));
      expect([...opacities]).toEqual([index === 0 || index === 13 ? 0 : OPAQUE]);
    }
  });
});

describe('patterns', () => {
  const table = tileTable(true, []);
  /** 1 where the tone is, in the order of the tile's pixels. */
  const shapeOf = (index: number, displayColour: string) => {
    const own = parseColour(displayColour).join();
    return Array.from(tileOf(table, index), (pixel) => (channels(pixel).slice(0, 3).join() === own ? 0 : 1));
  };

  test('no two classes share one, whatever their colours', () => {
    const shapes = FACE_CLASSES.map(({ index, displayColour }) => shapeOf(index, displayColour).join(''));
    expect(new Set(shapes).size).toBe(FACE_CLASSES.length);
  });

  test('the two sides of a pair mirror each other', () => {
    for (const { index, mirror, displayColour } of FACE_CLASSES.filter((row) => row.mirror !== row.index)) {
      const flipped = shapeOf(index, displayColour).map((_, i, own) => own[i - (i % TILE_SIDE) + 7 - (i % TILE_SIDE)]);
      expect(shapeOf(mirror, FACE_CLASSES[mirror]!.displayColour)).toEqual(flipped);
    }
  });

  test('every tone can be told from its colour by brightness alone', () => {
    for (const { index, key } of FACE_CLASSES) {
      if (key === 'background') continue;
      const levels = [...new Set(tileOf(table, index))].map((pixel) => luminance(channels(pixel).slice(0, 3)));
      const [dark, light] = levels.toSorted((a, b) => a - b) as [number, number];
      expect((light + 0.05) / (dark + 0.05), key).toBeGreaterThan(1.5);
    }
  });
});
