/** The bytes of the Edit view, which have no place in the store. What is in here is also kept in IndexedDB, but for what can be made again. */
import type { Patch } from '../photo/picture';
import type { Photo } from '../photo/photoFile';
import type { KeptFace, KeptOutcome } from '../storage/editStore';

/** The face at hand, with the part of the photo that it was taken from. */
export interface AlignedFace extends KeptFace {
  patch: Patch;
}

export class EditBench {
  photo: Photo | null = null;
  face: AlignedFace | null = null;
  /** 1 where the person has painted that something may change; the face's size squared. */
  painted: Uint8Array<ArrayBuffer> | null = null;
  outcome: KeptOutcome | null = null;
  #preview: ImageBitmap | null = null;

  /** The last step of a running edit. Owned from here on. */
  get preview(): ImageBitmap | null {
    return this.#preview;
  }

  set preview(bitmap: ImageBitmap | null) {
    this.#preview?.close();
    this.#preview = bitmap;
  }

  clear(): void {
    this.photo = null;
    this.clearFace();
  }

  clearFace(): void {
    this.face = null;
    this.painted = null;
    this.outcome = null;
    this.preview = null;
  }
}
