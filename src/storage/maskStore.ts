/**
 * The painted mask's home on disk, so that a reload, a crash or a failed run never costs a painting.
 * IndexedDB keeps the bytes as they are; one record, overwritten.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { isValidMask } from '../mask/classMask';

export interface StoredMask {
  /** Class indices, row by row, `size` squared. */
  bytes: Uint8Array<ArrayBuffer>;
  /** The mask as it was before it was painted on, of the same size. */
  baseline: Uint8Array<ArrayBuffer>;
  /** Side in pixels. */
  size: number;
}

/** Records of earlier versions of the page have no baseline. */
type MaskRecord = Omit<StoredMask, 'baseline'> & Partial<Pick<StoredMask, 'baseline'>>;

interface MaskDatabase extends DBSchema {
  masks: { key: string; value: MaskRecord };
}

const DATABASE = 'collaborative-diffusion';
const DATABASE_VERSION = 1;
const CURRENT = 'current';

let opening: Promise<IDBPDatabase<MaskDatabase>> | null = null;

function database(): Promise<IDBPDatabase<MaskDatabase>> {
  opening ??= openDB<MaskDatabase>(DATABASE, DATABASE_VERSION, {
    upgrade: (db) => void db.createObjectStore('masks'),
    // Another tab with a newer page wants to upgrade: let go, and open again at the next call.
    blocking: (_current, _next, event) => {
      (event.target as IDBDatabase).close();
      opening = null;
    },
    terminated: () => {
      opening = null;
    },
  }).catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

/**
 * Keeps a copy of the mask and of its baseline. Rejects where the browser refuses storage (private windows, full disk).
 *
 * @throws RangeError when either has not `size` squared bytes
 */
export async function saveMask(bytes: Uint8Array, size: number, baseline: Uint8Array): Promise<void> {
  for (const { length } of [bytes, baseline]) {
    if (length !== size * size) throw new RangeError(`A mask of side ${size} has ${size * size} bytes, not ${length}.`);
  }
  // Copied before the first wait: the caller paints on.
  const record: StoredMask = { bytes: new Uint8Array(bytes), baseline: new Uint8Array(baseline), size };
  const db = await database();
  await db.put('masks', record, CURRENT);
}

/** What `saveMask` kept last, or `null` when there is none. Without a baseline of its own the mask is its own baseline. */
export async function loadMask(): Promise<StoredMask | null> {
  const db = await database();
  const stored = await db.get('masks', CURRENT);
  // A record of another shape can only come from a damaged database: start afresh rather than paint garbage.
  if (!stored || !isMask(stored.bytes, stored.size)) return null;
  const { bytes, size, baseline } = stored;
  return { bytes, size, baseline: isMask(baseline, size) ? baseline : bytes };
}

function isMask(data: Uint8Array<ArrayBuffer> | undefined, size: number): data is Uint8Array<ArrayBuffer> {
  return data instanceof Uint8Array && isValidMask({ data, size });
}
