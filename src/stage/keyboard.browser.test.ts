import { afterEach, beforeEach, expect, test } from 'vitest';
import { HAIR, openStage, SKIN, type Bench } from './stageBench';

let bench: Bench;

beforeEach(() => {
  bench = openStage();
});

afterEach(() => bench.close());

const press = (key: string, init: KeyboardEventInit = {}) =>
  bench.stage.keyboard.handle(new KeyboardEvent('keydown', { key, ...init }));
const said = () => bench.callbacks.onAnnounce.mock.lastCall?.[0] as string;

/** Tens of mask pixels. */
function go(right: number, down: number): void {
  const [x, y] = [right < 0 ? 'ArrowLeft' : 'ArrowRight', down < 0 ? 'ArrowUp' : 'ArrowDown'];
  for (let i = 0; i < Math.abs(right); i++) press(x, { shiftKey: true });
  for (let i = 0; i < Math.abs(down); i++) press(y, { shiftKey: true });
}

test('arrows move, Enter puts the brush down and lifts it', () => {
  press('Enter');
  expect(said()).toBe('Down: Brush, Hair.');
  go(6, 0);
  expect(said()).toBe('316, 256: Hair');
  expect(bench.mask.isPainting).toBe(true);
  press('Enter');
  expect(said()).toBe('Brush lifted.');
  expect(bench.classAt(256, 256)).toBe(HAIR);
  expect(bench.classAt(310, 256)).toBe(HAIR);
  bench.mask.undo();
  expect(bench.painted()).toBe(0);
});

test('says so when nothing has changed', () => {
  bench.configure({ tool: 'eraser' });
  press('Enter');
  expect(said()).toBe('Down: Eraser.');
  press('Enter');
  expect(said()).toBe('Nothing changed.');
});

test('Shift and Enter draws straight on from the last stroke’s end', () => {
  press('Enter');
  press('Enter');
  go(10, 10);
  press('Enter', { shiftKey: true });
  press('Enter');
  expect(bench.classAt(306, 306)).toBe(HAIR);
});

test('Escape takes the open stroke back, and is left alone when there is none', () => {
  press('Enter');
  go(0, 1);
  expect(press('Escape')).toBe(true);
  expect(said()).toBe('Taken back.');
  expect(bench.painted()).toBe(0);
  expect(press('Escape')).toBe(false);
});

test('another tool in the hand ends the stroke without a trace', () => {
  press('Enter');
  bench.configure({ tool: 'fill' });
  expect(bench.painted()).toBe(0);
  press('Enter');
  expect(said()).toBe('Filled.');
  expect(bench.mask.live.data.every((value) => value === HAIR)).toBe(true);
});

test('picks', () => {
  bench.mask.replace(new Uint8Array(512 * 512).fill(SKIN), 512, 'test');
  bench.configure({ tool: 'pick' });
  press('Enter');
  expect(bench.callbacks.onPickClass.mock.calls).toEqual([[SKIN]]);
  expect(said()).toBe('Skin picked.');
});

test('draws a lasso and an ellipse', () => {
  bench.configure({ tool: 'lasso' });
  press('Enter');
  go(10, 10);
  go(-10, 0);
  press('Enter');
  expect(said()).toBe('Lasso filled.');
  expect(bench.classAt(270, 340)).toBe(HAIR);
  bench.configure({ tool: 'ellipse' });
  press('Enter');
  go(-10, -10);
  press('Enter');
  expect(said()).toBe('Ellipse filled.');
  expect(bench.classAt(206, 306)).toBe(HAIR);
});

test('a polygon: corners in words, closed on the first one', () => {
  bench.configure({ tool: 'polygon' });
  press('Enter');
  expect(said()).toBe('Corner 1.');
  go(10, 0);
  press('Enter');
  go(0, 10);
  press('Enter');
  expect(said()).toBe('Corner 3.');
  go(-10, 0);
  press('Enter');
  go(0, -10);
  expect(said()).toBe('256, 256: Background, first corner');
  press('Enter');
  expect(said()).toBe('Polygon closed.');
  expect(bench.painted()).toBe(100 * 100);
});

test('a polygon: a second Enter closes it, Backspace takes corners back', () => {
  bench.configure({ tool: 'polygon' });
  expect(press('Backspace')).toBe(false);
  press('Enter');
  go(10, 0);
  press('Enter');
  go(0, 10);
  press('Enter');
  go(9, 9);
  press('Enter');
  expect(press('Backspace')).toBe(true);
  expect(said()).toBe('Corner 4 taken back.');
  go(-9, -9);
  press('Enter');
  expect(said()).toBe('Polygon closed.');
  expect(bench.classAt(340, 300)).toBe(HAIR);
  expect(bench.classAt(380, 400)).toBe(0);
});

test('zoomed in, the view follows the cursor', () => {
  bench.stage.zoom(8);
  press('Enter');
  go(20, 0);
  press('Enter');
  expect(bench.classAt(450, 256)).toBe(HAIR);
  expect(bench.callbacks.onZoom).toHaveBeenCalledTimes(1);
  bench.stage.keyboard.hide();
  // The cursor's place has come into sight: a press at the host's right side paints near it.
  const x = bench.host.getBoundingClientRect().right - 40;
  bench.configure({ classIndex: SKIN, brushSize: 4 });
  bench.stroke({ at: [0, 0], clientX: x, clientY: 320 });
  const offset = bench.mask.live.data.indexOf(SKIN);
  expect(offset % 512).toBeGreaterThan(440);
});
