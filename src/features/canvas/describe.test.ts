import { expect, test } from 'vitest';
import { describeChange, describeTool } from './describe';
import { DEFAULT_PREFERENCES, type Preferences } from './painterPreferences';
import type { PainterState } from './painterStore';

const state = (changes: Partial<Preferences> = {}): PainterState => ({
  ...DEFAULT_PREFERENCES,
  notice: null,
  pictureUrl: null,
  overPhoto: false,
  ...changes,
});

test.each<[Partial<Preferences>, string]>([
  [{}, 'Brush, 24 pixels wide, painting Hair.'],
  [{ tool: 'eraser' }, 'Eraser, 32 pixels wide, back to background.'],
  [{ tool: 'eraser', eraseTo: 'original' }, 'Eraser, 32 pixels wide, back to the original mask.'],
  [{ tool: 'lasso', classIndex: 14 }, 'Lasso, painting Hat.'],
  [{ tool: 'pick' }, 'Pick.'],
])('the tool in words: %o', (changes, expected) => expect(describeTool(state(changes))).toBe(expected));

test.each<[Partial<Preferences>, string | null]>([
  [{ tool: 'fill' }, 'Fill, painting Hair.'],
  [{ classIndex: 14, lastClass: 13 }, 'Brush, 24 pixels wide, painting Hat.'],
  [{ brushSize: 26 }, '26 pixels wide.'],
  [{ symmetry: true, axis: 250 }, 'Painting both sides.'],
  [{ axis: 250 }, 'The mirror axis is in the face’s middle.'],
  [{ axis: 250, isAxisFitted: false }, null],
  [{ opacity: 0.45 }, 'Mask opacity 45 %.'],
  [{ maskStyle: 'outlines' }, 'Mask shown as outlines.'],
  [{ fill: { connectivity: 8, closeGaps: 3 } }, 'Fills over corners too; gaps up to 3 pixels hold it back.'],
  [{ over: 'chosen' }, 'Painting over chosen classes only.'],
  [{ hidden: [13, 14] }, 'Hair, Hat hidden.'],
  [{ locked: [1] }, 'Skin locked.'],
  [{ speckSize: 100 }, null],
])('a change in words: %o', (changes, expected) => expect(describeChange(state(), state(changes))).toBe(expected));

test('the end of the last lock is told too', () => {
  expect(describeChange(state({ locked: [1] }), state())).toBe('Nothing locked.');
});
