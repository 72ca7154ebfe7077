/** The photo being edited and what has been made of it, kept so that a reload or a crash costs nothing. */
import type { Mode } from '../diffusion/shared/types';
import type { Square } from '../lib/square';
import { database } from './database';

export interface KeptPhoto {
  bytes: ArrayBuffer;
  type: string;
  name: string;
  /** Pixels, upright. */
  width: number;
  height: number;
}

export interface KeptFace {
  crop: Square;
  /** The aligned face: RGBA, row by row, `size` squared. */
  image: Uint8ClampedArray<ArrayBuffer>;
  /** What the parser saw in it: class indices, row by row, `size` squared. */
  mask: Uint8Array<ArrayBuffer>;
  size: number;
}

/** One edit of the face, RGBA of its size. */
export interface KeptVariant {
  strength: number;
  mode: Mode;
  edited: Uint8ClampedArray<ArrayBuffer>;
  /** What the codec alone makes of the face. */
  reconstruction: Uint8ClampedArray<ArrayBuffer>;
}

export interface KeptOutcome {
  variants: KeptVariant[];
  /** Where something was to change, 0 … 1, row by row, the face's size squared. */
  region: Float32Array<ArrayBuffer>;
  /** How it was asked for, for the file's recipe; strength and mode are the variant's. */
  asked: AskedEdit;
}

export interface AskedEdit {
  packId: string;
  seed: number;
  steps: number;
  balance: number;
  region: string;
  photoDescription: string;
  description: string;
}

export interface EditRecords {
  photo: KeptPhoto;
  face: KeptFace;
  /** 1 where the person has painted that something may change; the face's size squared. */
  painted: Uint8Array<ArrayBuffer>;
  outcome: KeptOutcome;
}

/** Keeps or forgets some of it, all or nothing. Rejects where the browser refuses storage. */
export async function keepEdit(changes: { [K in keyof EditRecords]?: EditRecords[K] | null }): Promise<void> {
  const db = await database();
  const transaction = db.transaction('edits', 'readwrite');
  for (const key of ['photo', 'face', 'painted', 'outcome'] as const) {
    const value = changes[key];
    if (value) void transaction.store.put(value, key);
    else if (value === null) void transaction.store.delete(key);
  }
  await transaction.done;
}

/** What an earlier visit has kept. */
export async function loadEdit(): Promise<Partial<EditRecords>> {
  const db = await database();
  const { store } = db.transaction('edits');
  const [photo, face, painted, outcome] = await Promise.all([
    store.get('photo'),
    store.get('face'),
    store.get('painted'),
    store.get('outcome'),
  ]);
  return { photo, face, painted, outcome } as Partial<EditRecords>;
}
