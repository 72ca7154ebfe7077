import { expect, test, vi } from 'vitest';
import { copyOfMask, currentMask, PAINTER_ACTIONS } from '../../features/canvas';
import { isBareKey } from '../../lib/hotkeys';
import { createSession } from '../../state/createSession';
import { allActions, createPageActions } from './actions';

function setUp() {
  const session = createSession({
    createEngine: () => {
      throw new Error('No engine in this test.');
    },
    findPack: () => Promise.reject(new Error('No pack in this test.')),
    loadOptions: { device: 'wasm', threads: 1 },
    editMask: { put: vi.fn(), get: () => copyOfMask('edit') },
  });
  const actions = createPageActions({ session, mask: currentMask, revealResult: vi.fn(), openHelp: vi.fn() });
  return { store: session.store, actions };
}

test.each(['create', 'edit'] as const)(
  'in “%s” no key of page and view is one of the painter’s or another’s',
  (view) => {
    const { actions } = setUp();
    const inForce = [...PAINTER_ACTIONS, ...Object.values(actions.page), ...Object.values(actions[view])];
    const hotkeys = inForce.flatMap((action) => action.hotkeys);
    expect(hotkeys.filter((hotkey, i) => hotkeys.indexOf(hotkey) !== i)).toEqual([]);
  },
);

test('the page has one key that is a mere sign, and it opens the help', () => {
  const { actions } = setUp();
  const bare = [actions.page, actions.create, actions.edit].flatMap((part) =>
    Object.values(part).flatMap(({ hotkeys }) => hotkeys.filter(isBareKey)),
  );
  expect(bare).toEqual(actions.page.help.hotkeys);
});

test('the list holds all, each under a name of its own', () => {
  const { actions } = setUp();
  const { page, create, edit } = actions;
  const list = allActions(actions);
  const parts = [...PAINTER_ACTIONS, ...Object.values(page), ...Object.values(create), ...Object.values(edit)];
  expect(list).toEqual(expect.arrayContaining(parts));
  expect(new Set(list.map(({ label }) => label)).size).toBe(list.length);
});

test('what may be done follows engine and photo', () => {
  const { store, actions } = setUp();
  const { page, create, edit } = actions;
  const allowed = () => [create.generate, page.cancel, edit.apply, edit.download].map((action) => action.isEnabled());
  expect(allowed()).toEqual([true, false, false, false]);
  store.setState({ activity: 'generate', editPhase: 'ready' });
  expect(allowed()).toEqual([false, true, false, false]);
  store.setState({ activity: null });
  expect(allowed()).toEqual([true, false, true, false]);
  store.setState({ shownEdit: { afterUrl: 'a', beforeUrl: 'b' } });
  expect(allowed()).toEqual([true, false, true, true]);
});

test('themes go round', () => {
  const { store, actions } = setUp();
  const seen = Array.from({ length: 3 }, () => {
    actions.page.theme.perform();
    return store.getState().theme;
  });
  expect(seen).toEqual(['light', 'dark', 'system']);
});
