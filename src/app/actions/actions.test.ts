import { expect, test, vi } from 'vitest';
import { PAINTER_ACTIONS } from '../../features/canvas';
import { isBareKey } from '../../lib/hotkeys';
import { createAppStore } from '../../state/store';
import { allActions, createPageActions } from './actions';

function setUp() {
  const store = createAppStore();
  const generate = vi.fn();
  const page = createPageActions({ getState: store.getState, generate, cancel: vi.fn(), openHelp: vi.fn() });
  return { store, page, generate };
}

test('no key of the page is one of the painter’s as well', () => {
  const { page } = setUp();
  const hotkeys = allActions(page).flatMap((action) => action.hotkeys);
  expect(hotkeys.filter((hotkey, i) => hotkeys.indexOf(hotkey) !== i)).toEqual([]);
});

test('the page has one key that is a mere sign, and it opens the help', () => {
  const { page } = setUp();
  const bare = Object.values(page).flatMap(({ hotkeys }) => hotkeys.filter(isBareKey));
  expect(bare).toEqual(page.help.hotkeys);
});

test('the list holds all of both', () => {
  const { page } = setUp();
  expect(allActions(page)).toEqual(expect.arrayContaining([...PAINTER_ACTIONS, ...Object.values(page)]));
});

test('what may be done follows the engine', () => {
  const { store, page } = setUp();
  expect([page.generate.isEnabled(), page.cancel.isEnabled()]).toEqual([true, false]);
  store.setState({ engine: 'running' });
  expect([page.generate.isEnabled(), page.cancel.isEnabled()]).toEqual([false, true]);
});

test('themes go round', () => {
  const { store, page } = setUp();
  const seen = Array.from({ length: 3 }, () => {
    page.theme.perform();
    return store.getState().theme;
  });
  expect(seen).toEqual(['light', 'dark', 'system']);
});
