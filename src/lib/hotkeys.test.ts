import { expect, test } from 'vitest';
import { matches, printHotkey, type KeyPress } from './hotkeys';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
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
  ['Mod+S', press('S', { ctrlKey: true, shiftKey: true }), false],
  ['S', press('s', { ctrlKey: true }), false],
  ['B', press('b'), true],
  ['B', press('B', { shiftKey: true }), false],
  ['Shift+S', press('S', { shiftKey: true }), true],
  ['Plus', press('+', { shiftKey: true }), true],
  ['Plus', press('+'), true],
  ['Space', press(' ', { shiftKey: true }), true],
  ['Digit1', press('&', { code: 'Digit1' }), true],
  ['Digit1', press('!', { code: 'Digit1', shiftKey: true }), false],
  ['Shift+Digit1', press('!', { code: 'Digit1', shiftKey: true }), true],
  ['BracketLeft', press('ü', { code: 'BracketLeft' }), true],
  ['BracketLeft', press('[', { code: 'BracketLeft', ctrlKey: true }), false],
])('%s and %o: %s', (hotkey, pressed, expected) => expect(matches(hotkey, pressed)).toBe(expected));

test('prints for the keyboard at hand', () => {
  expect(printHotkey('Mod+Enter', false)).toBe('Ctrl + ↵');
  expect(printHotkey('Mod+S', true)).toBe('⌘ S');
  expect(printHotkey('Shift+Digit4', false)).toBe('Shift + 4');
  expect(printHotkey('Shift+BracketLeft', true)).toBe('⇧ [');
  expect(printHotkey('Plus', false)).toBe('+');
});
