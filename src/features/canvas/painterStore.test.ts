import { expect, test } from 'vitest';
import {
  brushSizeOf,
  MAX_BRUSH,
  painterStore,
  setBrushSize,
  setClass,
  setTool,
  validPreferences,
} from './painterStore';

test('brush and eraser remember their own sizes, held within the limits', () => {
  setTool('brush');
  setBrushSize(40);
  setTool('eraser');
  setBrushSize(9999);
  expect(brushSizeOf(painterStore.getState())).toBe(MAX_BRUSH);
  setTool('brush');
  expect(brushSizeOf(painterStore.getState())).toBe(40);
});

test('choosing a class puts a painting tool in the hand, and keeps the one that is there', () => {
  setTool('pan');
  setClass(3);
  expect(painterStore.getState()).toMatchObject({ tool: 'brush', classIndex: 3 });
  setTool('fill');
  setClass(4);
  expect(painterStore.getState().tool).toBe('fill');
});

test('damaged preferences fall back one by one', () => {
  expect(validPreferences(null)).toEqual({});
  expect(validPreferences('nonsense')).toEqual({});
  expect(
    validPreferences({
      tool: 'laser',
      classIndex: 19,
      brushSize: Number.NaN,
      eraserSize: 30,
      opacity: '1',
      symmetry: true,
    }),
  ).toEqual({ eraserSize: 30, symmetry: true });
});
