import { expect, test } from 'vitest';
import { ACTION_GROUPS } from '../../lib/actions';
import { FACE_CLASSES } from '../../mask/classes';
import { CLASS_DIGITS, HOLDS, PAINTER_ACTIONS, PAINTER_GESTURES } from './painterActions';

test('no two actions of the painter share a key', () => {
  const hotkeys = PAINTER_ACTIONS.flatMap((action) => action.hotkeys);
  expect(hotkeys.length).toBeGreaterThan(40);
  expect(hotkeys.filter((hotkey, i) => hotkeys.indexOf(hotkey) !== i)).toEqual([]);
});

test('labels are unique within their groups, where they stand beside each other', () => {
  const labels = [...PAINTER_ACTIONS, ...PAINTER_GESTURES].map(({ group, label }) => `${group}: ${label}`);
  expect(labels.filter((label, i) => labels.indexOf(label) !== i)).toEqual([]);
});

test('keys without Ctrl or Cmd count on the canvas only', () => {
  const bare = PAINTER_ACTIONS.filter(({ hotkeys }) => hotkeys.some((hotkey) => !hotkey.startsWith('Mod+')));
  expect(new Set(bare.map(({ scope }) => scope))).toEqual(new Set(['canvas']));
});

test('every group is one of the help dialog’s', () => {
  for (const { group } of [...PAINTER_ACTIONS, ...PAINTER_GESTURES]) expect(ACTION_GROUPS).toContain(group);
});

test('what a tapped hold does is an action with the same key, except for Z', () => {
  const actionKeys = new Set(PAINTER_ACTIONS.flatMap((action) => action.hotkeys));
  expect(HOLDS.map(({ hotkey }) => [hotkey, actionKeys.has(hotkey)])).toEqual([
    ['Space', true],
    ['Z', false],
    ['I', true],
  ]);
});

test('every class has a digit', () => {
  expect(FACE_CLASSES.map(({ index }) => CLASS_DIGITS.get(index))).not.toContain(undefined);
  expect(new Set(CLASS_DIGITS.values()).size).toBe(FACE_CLASSES.length);
});
