/** From a file to a face that can be edited: the photo is opened, its face found, aligned, parsed and described. */
import { AppError, type WireError } from '../diffusion/shared/errors';
import type { FoundFace, PackInfo } from '../diffusion/shared/types';
import type { Square } from '../lib/square';
import { toWire } from '../diffusion/shared/wire';
import { boundsOf, sampleCrop, scaleCrop, usualCrop } from '../photo/crop';
import { describeFace } from '../photo/describeFace';
import { encodePicture, openPhoto, readPatch, shrinkPhoto, type Photo } from '../photo/photoFile';
import type { Picture } from '../photo/picture';
import { keepEdit, type KeptFace, type KeptPhoto } from '../storage/editStore';
import type { AlignedFace, EditBench } from './editBench';
import { NO_PHOTO, type CropReason } from './editSlice';
import type { EngineHost, Tools } from './engineHost';
import { photoProblem } from './photoProblems';
import { PictureUrls } from './pictureUrls';
import type { PaintedMask } from './runController';
import type { AppState, AppStore } from './store';

/** The mask of the photo, wherever the painter keeps it. */
export interface EditMask {
  /** Puts the mask that was read from a photo in place; the history starts afresh. */
  put: (mask: Uint8Array<ArrayBuffer>, size: number, baseline?: Uint8Array<ArrayBuffer>) => void;
  get: () => PaintedMask;
}

/** What the net said of the photo, and what the person made of it. */
export type Words = Pick<AppState, 'photoDescription' | 'editDescription'>;

interface Deps {
  store: AppStore;
  host: EngineHost;
  bench: EditBench;
  mask: EditMask;
}

/** Longer side in pixels of what the detector looks at, and of what is on show. */
const FINDING_SIDE = 1280;
/** A face's crop is about twice as wide as the face. Smaller ones hold less than the networks draw. */
const TINY_CROP = 128;

export class PhotoController {
  readonly #deps: Deps;
  readonly #photoUrls = new PictureUrls();
  readonly #faceUrls = new PictureUrls();
  /** The last file asked for: an earlier one that is still being opened gives way. */
  #asked: File | null = null;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Opens a photo in place of the one at hand, which stays if the file cannot be edited. Never rejects. */
  async open(file: File): Promise<void> {
    const { store, host } = this.#deps;
    this.#asked = file;
    store.setState({ editProblem: null });
    try {
      const photo = await openPhoto(file);
      if (this.#asked !== file) return;
      // What was under way for the photo before is of no use any more; making a face in the other view is.
      if (store.getState().activity !== 'generate') host.cancel();
      await host.settled();
      if (this.#asked !== file) return;
      const small = await this.#show(photo);
      void keepPhoto(photo);
      await this.#find(small);
    } catch (error) {
      if (this.#asked === file) this.#report(toWire(photoProblem(error)));
    }
  }

  /** Puts a photo on show that has no face yet. */
  async #show(photo: Photo): Promise<Picture> {
    const { store, bench } = this.#deps;
    const small = await shrinkPhoto(photo, FINDING_SIDE);
    const picture = await encodePicture(small, 'jpeg');
    bench.clear();
    bench.photo = photo;
    this.#photoUrls.clear();
    this.#faceUrls.clear();
    const { name, width, height } = photo;
    store.setState({
      ...NO_PHOTO,
      editPhase: 'finding',
      photo: { name, width, height, url: this.#photoUrls.make(picture) },
    });
    return small;
  }

  /** Looks for faces again, in the photo at hand. Never rejects. */
  async findAgain(): Promise<void> {
    const { photo } = this.#deps.bench;
    if (!photo || this.#deps.host.isBusy) return;
    this.#deps.store.setState({ editPhase: 'finding' });
    await this.#find(await shrinkPhoto(photo, FINDING_SIDE));
  }

  async #find(small: Picture): Promise<void> {
    const { store, host, bench } = this.#deps;
    const photo = bench.photo!;
    if (store.getState().pack?.edit?.hasAligner === false) return this.#ask('no-aligner');
    const isDone = await host.perform({
      activity: 'face',
      report: this.#report,
      check: requireEditing,
      run: async (tools) => {
        const found = await tools.engine.findFaces(small, tools.onProgress, tools.signal);
        const faces = found.map((face) => ({ ...face, crop: scaleCrop(face.crop, photo.width / small.width) }));
        store.setState({ faces });
        const reason = tools.pack.edit?.hasAligner ? reasonToAsk(faces) : 'no-aligner';
        if (reason) this.#ask(reason);
        else await this.#align(faces[0]!.crop, tools);
      },
    });
    if (!isDone && store.getState().editPhase !== 'ready') this.#ask('failed');
  }

  /** Leaves it to the person to choose or set the crop. */
  #ask(cropReason: CropReason): void {
    const { store } = this.#deps;
    const { photo, faces, crop } = store.getState();
    if (!photo) return;
    store.setState({
      editPhase: 'cropping',
      cropReason,
      crop: crop ?? faces[0]?.crop ?? usualCrop(photo.width, photo.height),
    });
  }

  /** Back to the crop of a face that is ready. */
  adjustCrop(): void {
    if (!this.#deps.host.isBusy) this.#ask('wish');
  }

  /** Leaves the crop as it was. */
  keepCrop(): void {
    const { store, bench } = this.#deps;
    if (!bench.face) return;
    store.setState({ editPhase: bench.outcome ? 'done' : 'ready', crop: bench.face.crop, editProblem: null });
  }

  setCrop(crop: Square): void {
    this.#deps.store.setState({ crop });
  }

  /** Aligns, parses and describes the face in the crop. Never rejects. */
  async alignCrop(): Promise<void> {
    const { store, host } = this.#deps;
    const { crop } = store.getState();
    if (!crop || host.isBusy) return;
    store.setState({ editPhase: 'reading' });
    const isDone = await host.perform({
      activity: 'face',
      report: this.#report,
      check: requireEditing,
      run: (tools) => this.#align(crop, tools),
    });
    if (!isDone && store.getState().photo) store.setState({ editPhase: 'cropping' });
  }

  async #align(crop: Square, { engine, pack, signal, onProgress }: Tools): Promise<void> {
    const { store, bench } = this.#deps;
    const photo = bench.photo!;
    store.setState({ editPhase: 'reading', crop });
    const size = pack.imageSize;
    const patch = await readPatch(photo, boundsOf(crop, photo.width, photo.height));
    const image = sampleCrop(patch, crop, size);
    const reading = await engine.readFace(image.slice(), onProgress, signal);
    const face = { crop, image, mask: reading.mask, size, patch };
    bench.clearFace();
    bench.face = face;
    this.#deps.mask.put(reading.mask, reading.maskSize);
    const words = describeFace(reading.attributes, reading.mask, reading.maskSize);
    await this.#showFace(face, words);
    keepFace(face);
  }

  /** Words that the person has written stay. */
  async #showFace(face: AlignedFace, words: string): Promise<void> {
    const { store } = this.#deps;
    const alignedUrl = this.#freshFaceUrl(
      await encodePicture({ pixels: face.image, width: face.size, height: face.size }, 'png'),
    );
    const { editDescription, photoDescription } = store.getState();
    const isWritten = editDescription !== '' && editDescription !== photoDescription;
    store.setState({
      editPhase: 'ready',
      alignedUrl,
      photoDescription: words,
      editDescription: isWritten ? editDescription : words,
      variants: [],
      shownEdit: null,
      editProgress: null,
    });
  }

  #freshFaceUrl(picture: Blob): string {
    this.#faceUrls.clear();
    return this.#faceUrls.make(picture);
  }

  /** Puts back what an earlier visit has kept, unless a photo has been opened already. @returns whether its face is there to edit */
  async restore({ bytes, type, name, width, height }: KeptPhoto, kept: KeptFace | undefined): Promise<boolean> {
    const photo = { blob: new Blob([bytes], { type }), name, width, height };
    const patch = kept && (await readPatch(photo, boundsOf(kept.crop, width, height)));
    return this.#asked ? false : this.putBack(photo, patch ? { ...kept, patch } : null, this.#deps.store.getState());
  }

  /** Puts a photo and its face back as they were, in place of what is there. @returns whether there is a face to edit */
  async putBack(photo: Photo, face: AlignedFace | null, words: Words): Promise<boolean> {
    const { store, host, bench } = this.#deps;
    const { photoDescription, editDescription } = words;
    this.#asked = null;
    if (store.getState().activity !== 'generate') host.cancel();
    await host.settled();
    await this.#show(photo);
    store.setState({ photoDescription, editDescription });
    if (!face) {
      this.#ask('wish');
      return false;
    }
    bench.face = face;
    store.setState({ crop: face.crop });
    await this.#showFace(face, photoDescription);
    return true;
  }

  /** Forgets the photo and all that was made of it, on the disk too. */
  close(): void {
    const { store, host, bench } = this.#deps;
    this.#asked = null;
    if (store.getState().activity !== 'generate') host.cancel();
    bench.clear();
    this.#photoUrls.clear();
    this.#faceUrls.clear();
    store.setState({ ...NO_PHOTO, editProblem: null });
    void keepEdit({ photo: null, face: null, painted: null, outcome: null }).catch(() => undefined);
  }

  readonly #report = (editProblem: WireError | null): void => {
    this.#deps.store.setState({ editProblem });
  };
}

/** Keeps a new photo for the next visit. Where the browser keeps nothing, the painter says so for all. */
export async function keepPhoto({ blob, name, width, height }: Photo): Promise<void> {
  try {
    const kept = { bytes: await blob.arrayBuffer(), type: blob.type, name, width, height };
    await keepEdit({ photo: kept, face: null, painted: null, outcome: null });
  } catch {
    // As above.
  }
}

/** Keeps a face with what was made of it: nothing yet, unless told. */
export function keepFace(
  { crop, image, mask, size }: AlignedFace,
  made: Pick<EditBench, 'painted' | 'outcome'> = { painted: null, outcome: null },
): void {
  keepEdit({ face: { crop, image, mask, size }, ...made }).catch(() => undefined);
}

/** Why a person should look at what was found; `null` when one face is plain to see. */
function reasonToAsk(faces: readonly FoundFace[]): CropReason | null {
  const [face, ...others] = faces;
  if (!face) return 'none';
  if (others.length > 0) return 'several';
  if (face.isProfile) return 'profile';
  return face.crop.size < TINY_CROP ? 'tiny' : null;
}

/** @throws AppError `EDIT_UNSUPPORTED` */
export function requireEditing(pack: PackInfo): void {
  if (pack.edit) return;
  throw new AppError(
    'EDIT_UNSUPPORTED',
    `The pack “${pack.title}” makes faces, but cannot read a photo.`,
    'Open the page without ?pack= in its address.',
  );
}
