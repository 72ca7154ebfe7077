import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SizePreview } from './sizePreview';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('ends a second after the last change', () => {
  const onEnd = vi.fn();
  const preview = new SizePreview(onEnd);
  preview.show();
  vi.advanceTimersByTime(900);
  preview.show();
  vi.advanceTimersByTime(900);
  expect(preview.isShown).toBe(true);
  vi.advanceTimersByTime(200);
  expect(preview.isShown).toBe(false);
  expect(onEnd).toHaveBeenCalledOnce();
});

test('leaves no timer behind', () => {
  const preview = new SizePreview(vi.fn());
  preview.show();
  preview.destroy();
  expect(vi.getTimerCount()).toBe(0);
});
