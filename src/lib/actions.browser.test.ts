import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { performHotkey, type Action } from './actions';

const perform = vi.fn();
const isEnabled = vi.fn(() => true);
const ACTIONS: Action[] = [{ label: 'Act', group: 'Page', hotkeys: ['A', 'Mod+A'], scope: 'page', isEnabled, perform }];

let field: HTMLInputElement;
const listen = (event: KeyboardEvent) => performHotkey(ACTIONS, event);

/** @returns whether the key was taken, so that the browser does nothing of its own with it */
function press(target: EventTarget, key: string, init: KeyboardEventInit = {}): boolean {
  return !target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
}

beforeEach(() => {
  vi.clearAllMocks();
  field = document.createElement('input');
  document.body.append(field);
  document.addEventListener('keydown', listen);
});

afterEach(() => {
  document.removeEventListener('keydown', listen);
  field.remove();
});

test('any of its keys performs an action and is taken, no other key', () => {
  const { body } = document;
  expect(press(body, 'a')).toBe(true);
  expect(press(body, 'a', { ctrlKey: true })).toBe(true);
  expect(press(body, 'b')).toBe(false);
  expect(press(body, 'A', { shiftKey: true })).toBe(false);
  expect(perform).toHaveBeenCalledTimes(2);
});

test('letters belong to text that is typed, keys with Ctrl do not', () => {
  expect(press(field, 'a')).toBe(false);
  expect(press(field, 'a', { ctrlKey: true })).toBe(true);
  field.type = 'range';
  expect(press(field, 'a')).toBe(true);
  expect(perform).toHaveBeenCalledTimes(2);
});

test('nothing happens while an input method composes, nor when the action is not enabled or somebody took the key', () => {
  expect(press(document.body, 'a', { isComposing: true })).toBe(false);
  isEnabled.mockReturnValueOnce(false);
  expect(press(document.body, 'a')).toBe(false);
  document.body.addEventListener('keydown', (event) => event.preventDefault(), { once: true });
  press(document.body, 'a');
  expect(perform).not.toHaveBeenCalled();
});
