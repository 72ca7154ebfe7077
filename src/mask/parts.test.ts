import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLASS_COUNT, FACE_CLASSES } from './classes';
import { createMask, isValidMask, MASK_SIZE, type ClassMask } from './classMask';
import { addPart, parseParts, type Part } from './parts';
import { decodeMaskPng } from './png';

const FOLDER = new URL('../../public/samples/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, FOLDER));
const JSON_PARTS: unknown = JSON.parse(read('parts.json').toString());
const PARTS = parseParts(JSON_PARTS);
const SAMPLES = (JSON.parse(read('samples.json').toString()) as { id: string }[]).map(({ id }) => id);

const part = (id: string): Part => PARTS.find((row) => row.id === id)!;
const index = (key: string) => FACE_CLASSES.findIndex((row) => row.key === key);
const indices = (...keys: string[]) => keys.map(index);
const FEATURES = indices('l_eye', 'r_eye', 'l_brow', 'r_brow', 'nose', 'mouth', 'u_lip', 'l_lip');
const EYES = indices('l_eye', 'r_eye');
const LIPS = indices('mouth', 'u_lip', 'l_lip');

const DECODED = new Map<string, ClassMask>();

async function sample(id: string): Promise<ClassMask> {
  const mask = DECODED.get(id) ?? (await decodeMaskPng(new Uint8Array(read(`${id}.png`))));
  DECODED.set(id, mask);
  return mask;
}

/** Turned (degrees, clockwise), scaled and shifted (pixels) about the centre; what comes in from outside is background. */
interface Warp {
  turn: number;
  scale: number;
  dx: number;
  dy: number;
}
const WARPS: Warp[] = [
  { turn: 0, scale: 1, dx: 0, dy: 0 },
  { turn: 0, scale: 0.6, dx: 70, dy: 50 },
  { turn: 20, scale: 0.8, dx: -30, dy: 10 },
  { turn: -30, scale: 0.5, dx: 0, dy: -60 },
];

function warped(mask: ClassMask, { turn, scale, dx, dy }: Warp): ClassMask {
  const { size } = mask;
  const out = createMask(size);
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  for (let i = 0; i < out.data.length; i++) {
    const u = ((i % size) + 0.5 - size / 2 - dx) / scale;
    const v = (Math.floor(i / size) + 0.5 - size / 2 - dy) / scale;
    const x = Math.floor(cos * u + sin * v + size / 2);
    const y = Math.floor(cos * v - sin * u + size / 2);
    if (x >= 0 && y >= 0 && x < size && y < size) out.data[i] = mask.data[y * size + x]!;
  }
  return out;
}

function withPart(mask: ClassMask, id: string, locked: number[] = []): ClassMask {
  const out = { data: mask.data.slice(), size: mask.size };
  addPart(out, part(id), locked);
  return out;
}

interface Pixel {
  x: number;
  y: number;
}

function pixelsOf({ data, size }: ClassMask, classes: readonly number[]): Pixel[] {
  const found: Pixel[] = [];
  for (let i = 0; i < data.length; i++) {
    if (classes.includes(data[i]!)) found.push({ x: i % size, y: Math.floor(i / size) });
  }
  return found;
}

function centre(pixels: readonly Pixel[]): Pixel {
  const sum = pixels.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / pixels.length, y: sum.y / pixels.length };
}

const distance = (a: Pixel, b: Pixel) => Math.hypot(a.x - b.x, a.y - b.y);
const without = (mask: ClassMask, classes: readonly number[], by: number): ClassMask => ({
  data: mask.data.map((value) => (classes.includes(value) ? by : value)),
  size: mask.size,
});

describe('parseParts', () => {
  test('reads the shipped parts', () => {
    expect(PARTS.map(({ id }) => id)).toEqual([
      'glasses',
      'sunglasses',
      'long-hair',
      'short-hair',
      'fringe',
      'hat',
      'earrings',
      'necklace',
      'smile',
      'closed-mouth',
    ]);
    expect(part('hat').layers.at(-1)).toMatchObject({ class: index('hat'), anchor: 'head' });
  });

  const layer = { class: 'hat', anchor: 'head', covers: ['hair'], outline: [0, 0, 9, 0, 9, 9] };
  test.each([
    ['an unknown class', { ...layer, class: 'beard' }],
    ['an unknown anchor', { ...layer, anchor: 'nose' }],
    ['an x without a y', { ...layer, outline: [0, 0, 9, 0, 9, 9, 4] }],
    ['no area', { ...layer, outline: [0, 0, 9, 0] }],
    ['what is no number', { ...layer, outline: [0, 0, 9, 0, 9, '9'] }],
    ['nothing that may be covered', { ...layer, covers: [] }],
  ])('refuses %s', (_, wrong) => {
    expect(() => parseParts([{ id: 'a', label: 'A', layers: [layer] }])).not.toThrow();
    expect(() => parseParts([{ id: 'a', label: 'A', layers: [wrong] }])).toThrow();
  });
});

describe.each(WARPS)('on a face turned by $turn° and scaled by $scale', (warp) => {
  test.each(['short-hair', 'ponytail', 'receding'])('glasses surround the eyes of %s and leave them', async (id) => {
    const before = warped(await sample(id), warp);
    const after = withPart(before, 'glasses');
    expect(pixelsOf(after, EYES)).toEqual(pixelsOf(before, EYES));
    for (const eye of EYES) {
      const own = centre(pixelsOf(before, [eye]));
      const around = pixelsOf(after, [index('eye_g')]).filter((pixel) => distance(pixel, own) < 40 * warp.scale);
      expect(around.length).toBeGreaterThan(1000 * warp.scale ** 2);
      // Above, below and to both sides: what surrounds an eye has its centre near the eye's.
      expect(distance(centre(around), own)).toBeLessThan(14 * warp.scale);
    }
  });

  test('earrings hang below the ears', async () => {
    const before = warped(await sample('short-hair'), warp);
    const after = withPart(before, 'earrings');
    const middle = centre(pixelsOf(before, [index('nose')])).x;
    const rings = pixelsOf(after, [index('ear_r')]);
    for (const [ear, isOnSide] of [
      [index('r_ear'), ({ x }: Pixel) => x < middle],
      [index('l_ear'), ({ x }: Pixel) => x > middle],
    ] as const) {
      const [ring, lobe] = [centre(rings.filter(isOnSide)), centre(pixelsOf(before, [ear]))];
      expect(ring.y).toBeGreaterThan(lobe.y + 40 * warp.scale);
      expect(distance(ring, lobe)).toBeLessThan(85 * warp.scale);
    }
  });

  test('a new mouth takes the place of the old one, again and again', async () => {
    const before = warped(await sample('bald'), warp);
    let after = before;
    for (const id of ['smile', 'closed-mouth', 'smile', 'closed-mouth', 'smile']) after = withPart(after, id);
    expect(pixelsOf(after, indices('mouth')).length).toBeGreaterThan(0);
    expect(distance(centre(pixelsOf(after, LIPS)), centre(pixelsOf(before, LIPS)))).toBeLessThan(3);
    expect(pixelsOf(withPart(after, 'closed-mouth'), indices('mouth'))).toEqual([]);
  });

  test('a hat lies above the brows, and nothing of the hair above the hat', async () => {
    const before = warped(await sample('curls'), warp);
    const after = withPart(before, 'hat');
    expect(pixelsOf(after, FEATURES)).toEqual(pixelsOf(before, FEATURES));
    const upright = warped(after, {
      turn: -warp.turn,
      scale: 1,
      dx: 0,
      dy: 0,
    });
    const hat = pixelsOf(upright, [index('hat')]);
    expect(hat.length).toBeGreaterThan(20_000 * warp.scale ** 2);
    const brim = hat.reduce((lowest, { y }) => Math.max(lowest, y), 0);
    expect(pixelsOf(upright, [index('hair')]).every(({ y }) => y > brim - 45 * warp.scale)).toBe(true);
  });
});

describe.each(SAMPLES)('on %s', (id) => {
  test.each(['long-hair', 'short-hair', 'fringe'])('%s leaves the face free', async (hair) => {
    const before = await sample(id);
    const after = withPart(before, hair);
    expect(pixelsOf(after, FEATURES)).toEqual(pixelsOf(before, FEATURES));
    const skin = index('skin');
    const eyes = centre(pixelsOf(before, [...EYES, index('eye_g')]));
    const lost = pixelsOf(before, [skin]).filter(
      ({ x, y }) => y > eyes.y && Math.abs(x - eyes.x) < 80 && after.data[y * MASK_SIZE + x] !== skin,
    );
    expect(lost).toEqual([]);
  });
});

describe.each(['long-hair', 'ponytail', 'cap', 'elder'])('any part on %s', (id) => {
  test('locked classes stay as they are', async () => {
    const before = await sample(id);
    const locked = indices('hair', 'u_lip', 'background', 'eye_g');
    for (const { id: added } of PARTS) {
      const after = withPart(before, added, locked);
      expect(before.data.every((value, i) => !locked.includes(value) || after.data[i] === value)).toBe(true);
    }
  });

  test('a part that is there already changes little', async () => {
    for (const { id: added } of PARTS) {
      const once = withPart(await sample(id), added);
      const twice = withPart(once, added);
      const changed = once.data.reduce((count, value, i) => count + Number(value !== twice.data[i]), 0);
      expect(changed, added).toBeLessThan(0.02 * once.data.length);
    }
  });
});

test('dark glasses hide the eyes, and clear ones bring them back', async () => {
  const before = await sample('short-hair');
  const dark = withPart(before, 'sunglasses');
  expect(pixelsOf(dark, EYES)).toEqual([]);
  const clear = withPart(dark, 'glasses');
  for (const eye of EYES) {
    expect(distance(centre(pixelsOf(clear, [eye])), centre(pixelsOf(before, [eye])))).toBeLessThan(6);
  }
});

test('short hair takes long hair away, and shows ears where none were', async () => {
  const after = withPart(await sample('long-hair'), 'short-hair');
  expect(pixelsOf(after, [index('hair')]).every(({ y }) => y < 320)).toBe(true);
  expect(pixelsOf(after, indices('l_ear')).length).toBeGreaterThan(500);
  expect(pixelsOf(after, indices('r_ear')).length).toBeGreaterThan(500);
});

test('a head turned aside gets one earring, a head whose hair hides both ears gets two', async () => {
  const middle = MASK_SIZE / 2;
  const sides = (mask: ClassMask) => new Set(pixelsOf(mask, [index('ear_r')]).map(({ x }) => x > middle));
  expect(sides(withPart(await sample('receding'), 'earrings'))).toEqual(new Set([false]));
  expect(sides(withPart(await sample('fringe'), 'earrings'))).toEqual(new Set([false, true]));
});

test.each([
  ['one eye', indices('l_eye', 'l_brow')],
  ['no eyes', indices('l_eye', 'r_eye', 'l_brow', 'r_brow')],
  ['skin only', FEATURES],
])('a face with %s gets its glasses where the eyes belong', async (_, missing) => {
  const whole = warped(await sample('short-hair'), { turn: 0, scale: 0.7, dx: 30, dy: 20 });
  const eyes = centre(pixelsOf(whole, EYES));
  const after = withPart(without(whole, missing, index('skin')), 'glasses');
  const glasses = pixelsOf(after, [...EYES, index('eye_g')]);
  expect(Math.abs(centre(glasses).x - eyes.x)).toBeLessThan(8);
  expect(Math.abs(centre(glasses).y - eyes.y)).toBeLessThan(22);
});

test('without a face, parts lie where a face would be; a fringe needs a forehead', () => {
  const mask = createMask();
  expect(addPart(mask, part('fringe'), [])).toBeNull();
  expect(mask.data.every((value) => value === 0)).toBe(true);
  expect(addPart(mask, part('glasses'), [])).not.toBeNull();
  const { x, y } = centre(pixelsOf(mask, [index('eye_g')]));
  expect(Math.abs(x - 257)).toBeLessThan(2);
  expect(Math.abs(y - 252)).toBeLessThan(8);
});

test('any mask stays valid, and the same mask gives the same result', () => {
  const size = 64;
  const side = fc.integer({ min: 0, max: size });
  const box = fc.record({ x: side, y: side, width: side, height: side, value: fc.nat(CLASS_COUNT - 1) });
  fc.assert(
    fc.property(fc.array(box, { maxLength: 12 }), fc.nat(PARTS.length - 1), (boxes, at) => {
      const mask = createMask(size);
      for (const { x, y, width, height, value } of boxes) {
        for (let row = y; row < Math.min(y + height, size); row++) {
          mask.data.fill(value, row * size + x, row * size + Math.min(x + width, size));
        }
      }
      const [one, other] = [withPart(mask, PARTS[at]!.id), withPart(mask, PARTS[at]!.id)];
      expect(isValidMask(one)).toBe(true);
      expect(one.data).toEqual(other.data);
    }),
  );
});
