import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FACE_CLASSES, parseColour } from '../mask/classes';
import { chromePixels, frames, HAIR, openStage, SCALE, shownAt, SIDE, SKIN, type Bench } from './stageBench';

const OPAQUE = 0xff;
const colourOf = (index: number) => [...parseColour(FACE_CLASSES[index]!.displayColour), OPAQUE];

let bench: Bench;

beforeEach(() => {
  bench = openStage();
});

afterEach(() => bench.close());

const shown = (x: number, y: number) => shownAt(bench.host, 1, x, y);

describe('display', () => {
  test('shows every class in its own colour', async () => {
    const bands = new Uint8Array(512 * 512).map((_, i) => Math.min(Math.floor((i % 512) / 26), 18));
    bench.mask.replace(bands, 512, 'test');
    await frames();
    for (const { index } of FACE_CLASSES) expect(shown(index * 26 + 13, 300)).toEqual(colourOf(index));
  });

  test('shows strokes, and takes a cancelled one off again', async () => {
    bench.draw({ at: [100, 100] }, { at: [200, 100] });
    await frames();
    expect(shown(150, 100)).toEqual(colourOf(HAIR));
    bench.fire('pointercancel', { at: [200, 100] });
    await frames();
    expect(shown(150, 100)).toEqual(colourOf(0));
  });

  test('hidden classes let through what lies underneath', async () => {
    bench.mask.replace(new Uint8Array(512 * 512).fill(SKIN), 512, 'test');
    bench.configure({ hidden: [SKIN] });
    await frames();
    expect(shown(256, 256)[3]).toBe(0);
    bench.configure({ hidden: [] });
    await frames();
    expect(shown(256, 256)).toEqual(colourOf(SKIN));
  });

  test('patterns show two tones of a class, outlines its border alone, where it was painted too', async () => {
    bench.configure({ maskStyle: 'patterns' });
    bench.mask.replace(new Uint8Array(512 * 512).fill(SKIN), 512, 'test');
    await frames();
    const tones = Array.from({ length: 64 }, (_, i) => shown(200 + (i % 8), 200 + Math.floor(i / 8)).join());
    expect(new Set(tones).size).toBeGreaterThan(1);
    bench.configure({ maskStyle: 'outlines', brushSize: 60 });
    bench.stroke({ at: [256, 256] });
    await frames();
    expect(shown(256, 256)[3]).toBe(0);
    expect(shown(100, 256)[3]).toBe(0);
    expect(shown(286, 256)[0]).toBeLessThan(80);
    expect(shown(286, 256)[3]).toBeGreaterThan(150);
    bench.mask.undo();
    await frames();
    expect(shown(286, 256)[3]).toBe(0);
  });

  test('follows its host’s size', async () => {
    bench.host.style.width = bench.host.style.height = '300px';
    await frames();
    await frames();
    expect(bench.callbacks.onZoom).toHaveBeenLastCalledWith({ scale: (300 - 18) / 512, isFitted: true });
  });
});

describe('the brush’s ring', () => {
  /** Its leftmost point, CSS pixels from the middle: the ring is as large as the brush. */
  const isRingAt = (maskX: number) => shownAt(bench.host, 2, maskX, 256)[3]! > 100;

  test('shows a new size for about a second in the middle, when the pointer is elsewhere', async () => {
    await frames();
    expect(chromePixels(bench.host)).toBe(0);
    bench.configure({ brushSize: 100 });
    await frames();
    expect(isRingAt(206)).toBe(true);
    expect(isRingAt(220)).toBe(false);
    await vi.waitFor(() => expect(chromePixels(bench.host)).toBe(0), { timeout: 3000 });
  });

  test('does not show because another tool has another size', async () => {
    bench.configure({ tool: 'eraser', brushSize: 100 });
    await frames();
    expect(chromePixels(bench.host)).toBe(0);
  });

  test('follows the pointer, but no finger', async () => {
    bench.fire('pointermove', { at: [256, 256] });
    await frames();
    expect(isRingAt(246)).toBe(true);
    bench.fire('pointerleave', { at: [256, 256] });
    bench.fire('pointerdown', { at: [256, 256], pointerId: 2, pointerType: 'touch' });
    bench.fire('pointermove', { at: [256, 256], pointerId: 2, pointerType: 'touch', buttons: 1 });
    await frames();
    expect(chromePixels(bench.host)).toBe(0);
  });
});

describe('mirror axis', () => {
  const KNOB: [number, number] = [256, 0];

  beforeEach(() => bench.configure({ axis: 256 }));

  test('is moved by its knob, and nothing is painted', () => {
    bench.stroke({ at: [KNOB[0] + 4, 4] }, { at: [300, 40] });
    expect(bench.callbacks.onAxis.mock.lastCall?.[0]).toBe(296);
    expect(bench.painted()).toBe(0);
  });

  test('a cancelled move puts it back', () => {
    bench.draw({ at: KNOB }, { at: [300, 40] });
    bench.fire('pointercancel', { at: [300, 40] });
    expect(bench.callbacks.onAxis.mock.lastCall?.[0]).toBe(256);
  });

  test('its knob is larger for fingers', () => {
    const beside: [number, number] = [256 + 18 / SCALE, 0];
    bench.stroke({ at: beside });
    expect(bench.callbacks.onAxis).not.toHaveBeenCalled();
    expect(bench.painted()).toBeGreaterThan(0);
    bench.mask.undo();
    bench.stroke({ at: beside, pointerType: 'touch' }, { at: [300, 40], pointerType: 'touch' });
    expect(bench.callbacks.onAxis).toHaveBeenCalled();
    expect(bench.painted()).toBe(0);
  });

  test('a double click on it fits the axis to the face', () => {
    const eyes = new Uint8Array(512 * 512);
    eyes[200 * 512 + 300] = 4;
    eyes[200 * 512 + 200] = 5;
    bench.mask.replace(eyes, 512, 'test');
    bench.host.dispatchEvent(new MouseEvent('dblclick', { clientX: 30 + SIDE / 2, clientY: 20 + 18 }));
    expect(bench.callbacks.onAxis.mock.calls).toEqual([[250.5]]);
  });

  test('stays within reach when its end is out of sight', () => {
    bench.wheel(-600, [256, 256]);
    const edge = { clientX: 30 + SIDE / 2, clientY: 20 + 14 };
    bench.stroke({ at: KNOB, ...edge }, { at: KNOB, ...edge, clientX: edge.clientX + 60 });
    expect(bench.callbacks.onAxis).toHaveBeenCalled();
    expect(bench.painted()).toBe(0);
  });

  test('mirrors what is painted', () => {
    bench.configure({ axis: 200, classIndex: 4 });
    bench.stroke({ at: [300, 100] }, { at: [320, 100] });
    expect(bench.classAt(310, 100)).toBe(4);
    expect(bench.classAt(90, 100)).toBe(5);
  });
});

test('nothing is left behind by a stage that is taken down in the middle of everything', async () => {
  const other = openStage({ tool: 'polygon', axis: 100 });
  other.stroke({ at: [50, 50] });
  other.configure({ brushSize: 99 });
  other.draw({ at: [90, 90] });
  other.close();
  await frames();
  other.mask.replace(new Uint8Array(512 * 512).fill(SKIN), 512, 'test');
  await frames();
  expect(other.host.childElementCount).toBe(0);
});
