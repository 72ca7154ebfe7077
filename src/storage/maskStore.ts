/**
 * The painted mask's home on disk, so that a reload, a crash or a failed run never costs a painting.
 * IndexedDB keeps the bytes as they are; one record a mask, overwritten.
 */
import { isValidMask } from '../mask/classMask';
import { database } from './database';

export interface StoredMask {
  /** Class indices, row by row, `size` squared. */
  bytes: Uint8Array<ArrayBuffer>;
  /** The mask as it was before it was painted on, of the same size. */
  baseline: Uint8Array<ArrayBuffer>;
  /** Side in pixels. */
  size: number;
}

/** Records of earlier versions of the page have no baseline. */
export type MaskRecord = Omit<StoredMask, 'baseline'> & Partial<Pick<StoredMask, 'baseline'>>;

/** The painter's masks: the one to make a face from, and the one of the photo being edited. */
export type MaskKey = 'current' | 'edit';

/**
 * Keeps a copy of the mask and of its baseline. Rejects where the browser refuses storage (private windows, full disk).
 *
 * @throws RangeError when either has not `size` squared bytes
 */
export async function saveMask(key: MaskKey, bytes: Uint8Array, size: number, baseline: Uint8Array): Promise<void> {
  for (const { length } of [bytes, baseline]) {
    if (length !== size * size) throw new RangeError(`A mask of side ${size} has ${size * size} bytes, not ${length}.`);
  }
  // Copied before the first wait: the caller paints on.
  const record: StoredMask = { bytes: new Uint8Array(bytes), baseline: new Uint8Array(baseline), size };
  const db = await database();
  await db.put('masks', record, key);
}

/** What `saveMask` kept last, or `null` when there is none. Without a baseline of its own the mask is its own baseline. */
export async function loadMask(key: MaskKey): Promise<StoredMask | null> {
  const db = await database();
  const stored = await db.get('masks', key);
  // A record of another shape can only come from a damaged database: start afresh rather than paint garbage.
  if (!stored || !isMask(stored.bytes, stored.size)) return null;
  const { bytes, size, baseline } = stored;
  return { bytes, size, baseline: isMask(baseline, size) ? baseline : bytes };
}

function isMask(data: Uint8Array<ArrayBuffer> | undefined, size: number): data is Uint8Array<ArrayBuffer> {
  return data instanceof Uint8Array && isValidMask({ data, size });
}
