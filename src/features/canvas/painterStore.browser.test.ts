import { expect, test } from 'vitest';
import { painterStore, setTool } from './painterStore';

const KEY = 'mask-painter';

test('preferences of the first version still count, and are kept as the second', async () => {
  const state = { tool: 'fill', classIndex: 3, brushSize: 40, eraserSize: 50, symmetry: true, opacity: 0.5 };
  localStorage.setItem(KEY, JSON.stringify({ state, version: 1 }));
  await painterStore.persist.rehydrate();
  expect(painterStore.getState()).toMatchObject({ ...state, eraseTo: 'background', locked: [] });
  setTool('lasso');
  const kept = JSON.parse(localStorage.getItem(KEY)!) as { version: number; state: object };
  expect(kept.version).toBe(2);
  expect(kept.state).toMatchObject({ ...state, tool: 'lasso' });
  expect(kept.state).not.toHaveProperty('notice');
  expect(kept.state).not.toHaveProperty('pictureUrl');
});
