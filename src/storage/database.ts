/** The page's one IndexedDB database. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { EditRecords } from './editStore';
import type { MaskRecord } from './maskStore';

interface PageDatabase extends DBSchema {
  masks: { key: string; value: MaskRecord };
  edits: { key: keyof EditRecords; value: EditRecords[keyof EditRecords] };
}

const DATABASE = 'collaborative-diffusion';
const DATABASE_VERSION = 2;

let opening: Promise<IDBPDatabase<PageDatabase>> | null = null;

/** Rejects where the browser refuses storage (private windows). */
export function database(): Promise<IDBPDatabase<PageDatabase>> {
  opening ??= openDB<PageDatabase>(DATABASE, DATABASE_VERSION, {
    upgrade: (db, version) => {
      if (version < 1) db.createObjectStore('masks');
      if (version < 2) db.createObjectStore('edits');
    },
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
