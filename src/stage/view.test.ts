import { expect, test, vi } from 'vitest';
import { View } from './view';
import { toScreen } from './viewport';

const MASK = 512;
const SIDE = 400;

function createView() {
  const onZoom = vi.fn();
  const view = new View(MASK, vi.fn(), onZoom);
  view.resize({ width: SIDE, height: SIDE });
  return { view, onZoom };
}

test('follows its size until somebody zooms', () => {
  const { view, onZoom } = createView();
  const fitted = view.viewport.scale;
  view.resize({ width: 2 * SIDE, height: 2 * SIDE });
  expect(view.viewport.scale).toBeGreaterThan(1.9 * fitted);
  view.zoom(2, view.centre);
  const { scale } = view.viewport;
  view.resize({ width: SIDE, height: SIDE });
  expect(view.viewport.scale).toBe(scale);
  expect(onZoom).toHaveBeenLastCalledWith({ scale, isFitted: false });
});

test('panning does not tell of a zoom twice', () => {
  const { view, onZoom } = createView();
  view.pan(5, 5);
  const { length } = onZoom.mock.calls;
  view.pan(5, 5);
  expect(onZoom).toHaveBeenCalledTimes(length);
});

test('reveals a point that is out of sight, and moves for no other', () => {
  const { view } = createView();
  view.zoom(8, { x: 0, y: 0 });
  view.reveal({ x: 300, y: 20 });
  const shown = toScreen(view.viewport, { x: 300, y: 20 });
  expect(shown.x).toBeGreaterThan(0);
  expect(shown.x).toBeLessThan(SIDE);
  const { viewport } = view;
  view.reveal({ x: 299, y: 20 });
  expect(view.viewport).toEqual(viewport);
});

test('a fitted view stays fitted whatever is revealed', () => {
  const { view, onZoom } = createView();
  view.reveal({ x: 0, y: 0 });
  view.reveal({ x: 511, y: 511 });
  expect(onZoom).toHaveBeenCalledTimes(1);
});
