/** Brings back what was made of a photo: after a reload, or when another has just taken its place. */
import { resampleMask } from '../mask/resample';
import type { Photo } from '../photo/photoFile';
import { loadEdit } from '../storage/editStore';
import type { AlignedFace, EditBench } from './editBench';
import type { EditController } from './editController';
import { keepFace, keepPhoto, type EditMask, type PhotoController, type Words } from './photoController';
import type { PaintedMask } from './runController';
import type { AppStore } from './store';

interface Deps {
  store: AppStore;
  bench: EditBench;
  mask: EditMask;
  photos: PhotoController;
  edits: EditController;
}

/** All that was made of a photo. */
export interface Keepsake extends Pick<EditBench, 'painted' | 'outcome'> {
  photo: Photo;
  face: AlignedFace;
  words: Words;
  mask: PaintedMask;
}

export class EditMemory {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Puts back the photo of an earlier visit, and what was made of it. Never rejects. */
  async restore(): Promise<void> {
    const { photos, edits } = this.#deps;
    try {
      const { photo, face, painted, outcome } = await loadEdit();
      if (photo && (await photos.restore(photo, face))) await edits.putBack(painted ?? null, outcome ?? null);
    } catch {
      // No storage (a private window) or a damaged record: the view starts empty.
    }
  }

  /** What would be lost if another photo took the place of the one at hand; `null` when that is nothing. */
  keepsake(): Keepsake | null {
    const { bench, store, edits, mask } = this.#deps;
    const { photo, face, painted, outcome } = bench;
    const { photoDescription, editDescription } = store.getState();
    const isWorkedOn = outcome !== null || edits.isRepainted() || editDescription !== photoDescription;
    if (!photo || !face || !isWorkedOn) return null;
    return { photo, face, painted, outcome, words: { photoDescription, editDescription }, mask: mask.get() };
  }

  /** Brings a keepsake back in place of what is there. */
  async bringBack({ photo, face, painted, outcome, words, mask }: Keepsake): Promise<void> {
    const { photos, edits } = this.#deps;
    await photos.putBack(photo, face, words);
    const baseline = resampleMask({ data: face.mask, size: face.size }, mask.size);
    this.#deps.mask.put(mask.mask, mask.size, baseline.data);
    await edits.putBack(painted, outcome);
    await keepPhoto(photo);
    keepFace(face, { painted, outcome });
  }
}
