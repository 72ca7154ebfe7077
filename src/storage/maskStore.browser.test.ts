import { expect, test } from 'vitest';
import { database } from './database';
import { loadMask, saveMask, type MaskRecord } from './maskStore';

async function putRecord(record: object): Promise<void> {
  const db = await database();
  await db.put('masks', record as MaskRecord, 'current');
}

test('a saved mask comes back as it was, with its baseline, and the last one wins', async () => {
  await saveMask('current', new Uint8Array(16).fill(3), 4, new Uint8Array(16));
  const second = Uint8Array.from({ length: 64 }, (_, i) => i % 19);
  const baseline = new Uint8Array(64).fill(13);
  const saving = saveMask('current', second, 8, baseline);
  second[0] = 18; // what is stored must be a copy, made at once
  baseline[0] = 2;
  await saving;
  const stored = await loadMask('current');
  expect(stored?.size).toBe(8);
  expect([...(stored?.bytes ?? [])].slice(0, 5)).toEqual([0, 1, 2, 3, 4]);
  expect(stored?.baseline).toEqual(new Uint8Array(64).fill(13));
});

test('bytes that do not fill the square are refused', async () => {
  await expect(saveMask('current', new Uint8Array(15), 4, new Uint8Array(16))).rejects.toThrow(RangeError);
  await expect(saveMask('current', new Uint8Array(16), 4, new Uint8Array(64))).rejects.toThrow(RangeError);
});

test('a record from before there were baselines loads, as its own baseline', async () => {
  await putRecord({ bytes: new Uint8Array(16).fill(5), size: 4 });
  const stored = await loadMask('current');
  expect(stored).toEqual({ bytes: new Uint8Array(16).fill(5), baseline: new Uint8Array(16).fill(5), size: 4 });
});

test('a damaged baseline costs no painting, a damaged mask is as none', async () => {
  await putRecord({ bytes: new Uint8Array(16).fill(5), size: 4, baseline: new Uint8Array(3) });
  expect((await loadMask('current'))?.baseline).toEqual(new Uint8Array(16).fill(5));
  await putRecord({ bytes: new Uint8Array(15), size: 4 });
  expect(await loadMask('current')).toBeNull();
  await putRecord({ size: 4 });
  expect(await loadMask('current')).toBeNull();
});

test('both masks have a place of their own', async () => {
  await saveMask('current', new Uint8Array(16).fill(3), 4, new Uint8Array(16));
  await saveMask('edit', new Uint8Array(16).fill(7), 4, new Uint8Array(16));
  expect((await loadMask('current'))?.bytes[0]).toBe(3);
  expect((await loadMask('edit'))?.bytes[0]).toBe(7);
});
