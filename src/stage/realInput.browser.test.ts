import { afterEach, beforeEach, expect, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { HAIR, onPage, openStage, SCALE, type Bench } from './stageBench';

/** The browser's own input, as hardware makes it: it captures, coalesces, cancels and double-clicks by itself. */
interface InputSession {
  send(method: string, params: object): Promise<unknown>;
}

const SHIFT = 8;

let bench: Bench;
let input: InputSession;

beforeEach(() => {
  bench = openStage();
  input = cdp();
});

afterEach(() => bench.close());

/** The test runs in a frame, which the page may show at another size: input is aimed at the page. */
function aim(x: number, y: number): { x: number; y: number } {
  const { clientX, clientY } = onPage(x, y);
  const frame = window.frameElement!.getBoundingClientRect();
  const zoom = frame.width / window.innerWidth;
  return { x: frame.left + clientX * zoom, y: frame.top + clientY * zoom };
}

type Pointer = 'mouse' | 'pen';

function send(type: string, [x, y]: [number, number], more: object = {}): Promise<unknown> {
  const pressed = { button: 'left', buttons: type === 'mouseReleased' ? 0 : 1, clickCount: 1 };
  return input.send('Input.dispatchMouseEvent', { type, ...aim(x, y), ...pressed, ...more });
}

async function stroke(places: [number, number][], pointerType: Pointer, more: object = {}): Promise<void> {
  await send('mousePressed', places[0]!, { pointerType, ...more });
  for (const place of places.slice(1)) await send('mouseMoved', place, { pointerType, ...more });
  await send('mouseReleased', places.at(-1)!, { pointerType, ...more });
}

const touch = (type: string, places: [number, number][]) =>
  input.send('Input.dispatchTouchEvent', { type, touchPoints: places.map(([x, y], id) => ({ ...aim(x, y), id })) });

test('a mouse draws an unbroken line', async () => {
  await stroke(
    [
      [100, 100],
      [200, 100],
      [200, 200],
    ],
    'mouse',
  );
  for (let i = 100; i <= 200; i++) expect(bench.classAt(i, 100)).toBe(HAIR);
  expect(bench.classAt(200, 190)).toBe(HAIR);
});

test('Shift held in the middle of a stroke keeps it straight', async () => {
  await send('mousePressed', [100, 100]);
  await send('mouseMoved', [150, 130], { modifiers: SHIFT });
  await send('mouseMoved', [300, 105], { modifiers: SHIFT });
  await send('mouseReleased', [300, 105], { modifiers: SHIFT });
  expect(bench.classAt(290, 100)).toBe(HAIR);
  expect(bench.classAt(150, 130)).toBe(0);
});

test('a pen draws by its pressure', async () => {
  await stroke(
    [
      [100, 100],
      [200, 100],
    ],
    'pen',
    { force: 1 },
  );
  const heavy = bench.painted();
  bench.mask.undo();
  await stroke(
    [
      [100, 100],
      [200, 100],
    ],
    'pen',
    { force: 0.1 },
  );
  expect(bench.painted()).toBeGreaterThan(0);
  expect(bench.painted()).toBeLessThan(heavy / 1.5);
});

test('a finger draws, and what the browser cancels leaves no trace', async () => {
  await touch('touchStart', [[100, 100]]);
  await touch('touchMove', [[200, 100]]);
  await touch('touchEnd', []);
  expect(bench.classAt(150, 100)).toBe(HAIR);
  bench.mask.undo();
  await touch('touchStart', [[100, 300]]);
  await touch('touchMove', [[200, 300]]);
  expect(bench.classAt(150, 300)).toBe(HAIR);
  await touch('touchCancel', []);
  expect(bench.painted()).toBe(0);
  expect(bench.mask.isPainting).toBe(false);
});

test('two fingers zoom and never draw', async () => {
  await touch('touchStart', [[200, 256]]);
  await touch('touchMove', [[210, 256]]);
  await touch('touchStart', [
    [210, 256],
    [300, 256],
  ]);
  await touch('touchMove', [
    [110, 256],
    [400, 256],
  ]);
  await touch('touchEnd', []);
  expect(bench.painted()).toBe(0);
  expect(bench.callbacks.onZoom.mock.lastCall?.[0].scale).toBeGreaterThan(SCALE * 2);
});

test('a double click closes a polygon', async () => {
  bench.configure({ tool: 'polygon' });
  await stroke([[100, 100]], 'mouse');
  await stroke([[200, 100]], 'mouse');
  await stroke([[200, 200]], 'mouse');
  await stroke([[200, 200]], 'mouse', { clickCount: 2 });
  expect(bench.classAt(180, 120)).toBe(HAIR);
  expect(bench.mask.undoLabel).toBe('Polygon');
});

test('a double click on the axis’ knob fits the axis', async () => {
  bench.configure({ axis: 200 });
  await stroke([[200, 0]], 'mouse');
  await stroke([[200, 0]], 'mouse', { clickCount: 2 });
  expect(bench.callbacks.onAxis.mock.calls).toEqual([[256]]);
  expect(bench.painted()).toBe(0);
});
