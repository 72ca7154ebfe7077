import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { maskDocument } from './index';
import { nextFrame, openPainter, PATIENCE, type Painter } from './painterBench';
import { DEFAULT_PREFERENCES } from './painterPreferences';
import { painterStore } from './painterStore';

const [SKIN, MOUTH, HAT] = [1, 10, 14] as const;

let painter: Painter;

beforeEach(async () => {
  painterStore.setState({ ...DEFAULT_PREFERENCES, classIndex: HAT, notice: null });
  painter = await openPainter();
});

afterEach(() => painter.close());

test('painting renders nothing and tells no store until the stroke is done', { timeout: 30_000 }, async () => {
  const { fire, onRender } = painter;
  const onStore = vi.fn();
  const onCommit = vi.fn();
  const stops = [painterStore.subscribe(onStore), maskDocument.subscribe(onCommit)];
  onRender.mockClear();
  fire('pointerdown', -100);
  for (let dx = -100; dx <= 100; dx += 5) fire('pointermove', dx);
  await nextFrame();
  expect(maskDocument.live.data.includes(HAT)).toBe(true);
  expect(onRender).not.toHaveBeenCalled();
  expect(onStore).not.toHaveBeenCalled();
  expect(onCommit).not.toHaveBeenCalled();
  fire('pointerup', 100);
  expect(onCommit).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(onRender).toHaveBeenCalled(), PATIENCE);
  for (const stop of stops) stop();
});

test('leaving the page and coming back within it starts a fresh stage on the same mask', async () => {
  painter.fire('pointerdown', 0);
  painter.fire('pointerup', 0);
  const before = maskDocument.snapshot().mask;
  painter.close();
  painter = await openPainter();
  expect(painter.canvas.querySelectorAll('canvas')).toHaveLength(3);
  expect(maskDocument.snapshot().mask.every((value, i) => value === before[i])).toBe(true);
});

test('letters and digits count on the canvas, and nowhere else in the painter', () => {
  const { press, find } = painter;
  press('e');
  expect(painterStore.getState().tool).toBe('eraser');
  press('1', { code: 'Digit1' });
  press('!', { code: 'Digit2', shiftKey: true });
  expect(painterStore.getState()).toMatchObject({ tool: 'brush', classIndex: MOUTH, lastClass: SKIN });
  press('x');
  expect(painterStore.getState().classIndex).toBe(SKIN);
  press('g', {}, find('[aria-label=Undo]'));
  expect(painterStore.getState().tool).toBe('brush');
});

test('a key that borrows a tool chooses it only when tapped', () => {
  const { canvas, press, fire } = painter;
  canvas.dispatchEvent(new KeyboardEvent('keydown', { key: 'i', code: 'KeyI' }));
  fire('pointerdown', 0);
  fire('pointerup', 0);
  canvas.dispatchEvent(new KeyboardEvent('keyup', { key: 'i', code: 'KeyI' }));
  const { tool, classIndex } = painterStore.getState();
  expect(tool).toBe('brush');
  expect(classIndex).toBe(maskDocument.committed.data[256 * 512 + 256]);
  press('i', { code: 'KeyI' });
  expect(painterStore.getState().tool).toBe('pick');
});

test('changes made with keys are said through the live region, and what a slider says itself is not', () => {
  const { container, press, find } = painter;
  const live = container.querySelector('[aria-live=polite]')!;
  press('e');
  expect(live.textContent).toBe('Eraser, 32 pixels wide, back to background.');
  press(']', { code: 'BracketRight' });
  expect(live.textContent).toBe('34 pixels wide.');
  find('[type=range]').focus();
  painterStore.setState({ eraserSize: 50 });
  expect(live.textContent).toBe('34 pixels wide.');
});

test('undo works in all of the painter and takes back a polygon in progress first', () => {
  const { fire, press, find } = painter;
  fire('pointerdown', 0);
  fire('pointerup', 0);
  const before = maskDocument.snapshot().mask;
  press('p');
  for (const dx of [-60, 60, 80]) {
    fire('pointerdown', dx);
    fire('pointerup', dx);
  }
  press('z', { ctrlKey: true }, find('[aria-label=Redo]'));
  expect(maskDocument.snapshot().mask).toEqual(before);
  press('z', { ctrlKey: true }, find('[aria-label=Redo]'));
  expect(maskDocument.snapshot().mask).not.toEqual(before);
});

test('a notice brings what can be done about it as a button', async () => {
  const perform = vi.fn();
  painterStore.setState({ notice: { kind: 'info', message: 'Look.', action: { label: 'Do it', perform } } });
  await vi.waitFor(() => {
    const button = [...painter.container.querySelectorAll('button')].find(({ textContent }) => textContent === 'Do it');
    button!.click();
    expect(perform).toHaveBeenCalledOnce();
  });
});
