/**
 * The painted mask's home on disk, so that a reload, a crash or a failed run never costs a painting.
 * IndexedDB keeps the bytes as they are; one record, overwritten.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

export interface StoredMask {
  /** Class indices, row by row, `size` squared. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Side in pixels. */
  size: number;
}

interface MaskDatabase extends DBSchema {
  masks: { key: string; value: StoredMask };
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

/** Keeps a copy of the mask. Rejects where the browser refuses storage (private windows, full disk). */
export async function saveMask(bytes: Uint8Array, size: number): Promise<void> {
  if (bytes.length !== size * size)
    throw new RangeError(`A mask of side ${size} has ${size * size} bytes, not ${bytes.length}.`);
  const db = await database();
  await db.put('masks', { bytes: new Uint8Array(bytes), size }, CURRENT);
}

/** The mask that `saveMask` kept last, or `null` when there is none. */
export async function loadMask(): Promise<StoredMask | null> {
  const db = await database();
  const stored = await db.get('masks', CURRENT);
  // A record of another shape can only come from a damaged database: start afresh rather than paint garbage.
  if (!stored || stored.bytes.length !== stored.size * stored.size) return null;
  return stored;
}
