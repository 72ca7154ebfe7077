import { expect, test } from 'vitest';
import { matches, printHotkey, type KeyPress } from './hotkeys';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test.each<[string, KeyPress, boolean]>([
  ['Mod+Enter', press('Enter', { ctrlKey: true }), true],
  ['Mod+Enter', press('Enter', { metaKey: true }), true],
  ['Mod+Enter', press('Enter'), false],
  ['Mod+Enter', press('Enter', { ctrlKey: true, shiftKey: true }), false],
  ['Escape', press('Escape'), true],
  ['Escape', press('Escape', { ctrlKey: true }), false],
  ['?', press('?', { shiftKey: true }), true],
  ['?', press('?'), true],
  ['?', press('?', { altKey: true }), false],
  ['Mod+S', press('s', { ctrlKey: true }), true],
])('%s and %o: %s', (hotkey, pressed, expected) => expect(matches(hotkey, pressed)).toBe(expected));

test('prints for the keyboard at hand', () => {
  expect(printHotkey('Mod+Enter', false)).toBe('Ctrl + ↵');
  expect(printHotkey('Mod+S', true)).toBe('⌘ S');
});
