import { expect, test } from 'vitest';
import { loadProgressText, runProgressText } from './progressText';

test('loading names the stage and what is done of it', () => {
  expect(loadProgressText(null)).toEqual({ text: 'Getting ready', value: null });
  expect(loadProgressText({ stage: 'download', loaded: 29e6, total: 58e6 })).toEqual({
    text: 'Downloading 29 MB of 58 MB',
    value: 0.5,
  });
  expect(loadProgressText({ stage: 'prepare', loaded: 3, total: 8 }).text).toBe('Preparing networks, 3 of 8');
  expect(loadProgressText({ stage: 'verify', loaded: 0, total: 0 }).value).toBeNull();
});

test('running says the step, the pace and what is left', () => {
  expect(runProgressText(0, 20, 0)).toEqual({ text: 'Step 1 of 20', value: null });
  expect(runProgressText(5, 20, 310)).toEqual({ text: 'Step 5 of 20 · 0.31 s a step · 4.65 s left', value: 0.25 });
  expect(runProgressText(20, 20, 310)).toEqual({ text: 'Drawing the picture', value: 1 });
});
