import { beforeEach, expect, test, vi } from 'vitest';
import { toast } from 'sonner';
import { createAppStore } from '../../state/store';
import { offerDescription } from './offerDescription';

vi.mock('sonner', () => ({ toast: vi.fn() }));

beforeEach(() => {
  vi.stubGlobal('window', { localStorage: { getItem: () => null, setItem: () => {} } });
  vi.mocked(toast).mockClear();
});

test('replaces what the page itself wrote, without a question', () => {
  const store = createAppStore();
  offerDescription(store, 'A bald man.');
  offerDescription(store, 'A woman in a hat.');
  expect(store.getState().description).toBe('A woman in a hat.');
  expect(toast).not.toHaveBeenCalled();
});

test('fills an empty box', () => {
  const store = createAppStore();
  store.getState().setDescription('  ');
  offerDescription(store, 'A bald man.');
  expect(store.getState().description).toBe('A bald man.');
});

test('asks before it replaces a person’s own words', () => {
  const store = createAppStore();
  store.getState().setDescription('My aunt.');
  offerDescription(store, 'A bald man.');
  expect(store.getState().description).toBe('My aunt.');
  expect(toast).toHaveBeenCalledTimes(1);
});
