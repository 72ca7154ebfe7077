import { expect, test } from 'vitest';
import { loadMask, saveMask } from './maskStore';

test('a saved mask comes back as it was, and the last one wins', async () => {
  await saveMask(new Uint8Array(16).fill(3), 4);
  const second = Uint8Array.from({ length: 64 }, (_, i) => i % 19);
  await saveMask(second, 8);
  second[0] = 18; // what is stored must be a copy
  const stored = await loadMask();
  expect(stored?.size).toBe(8);
  expect([...(stored?.bytes ?? [])].slice(0, 5)).toEqual([0, 1, 2, 3, 4]);
});

test('bytes that do not fill the square are refused', async () => {
  await expect(saveMask(new Uint8Array(15), 4)).rejects.toThrow(RangeError);
});
