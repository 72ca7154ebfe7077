/** Edits the face at hand: jobs for the engine, the variants that come of them, and the photo with the chosen one in it. */
import type { WireError } from '../diffusion/shared/errors';
import type { EditFrame, EditJob, Mode, PackInfo } from '../diffusion/shared/types';
import { toWire } from '../diffusion/shared/wire';
import { clamp } from '../lib/clamp';
import { resampleMask } from '../mask/resample';
import { composite, type EditedFace } from '../photo/composite';
import { sampleCrop } from '../photo/crop';
import { encodePicture, encodeWithPatch } from '../photo/photoFile';
import type { Patch } from '../photo/picture';
import { editRegion } from '../photo/region';
import { keepEdit, type AskedEdit, type KeptOutcome, type KeptVariant } from '../storage/editStore';
import { signEditedPng } from '../storage/resultPng';
import type { AlignedFace, EditBench } from './editBench';
import type { EditKind } from './editSlice';
import type { EngineHost, Tools } from './engineHost';
import { requireEditing, type EditMask } from './photoController';
import { photoProblem } from './photoProblems';
import { PictureUrls } from './pictureUrls';
import { requireDescription } from './runController';
import { canEdit, editStepsOf, modeFor } from './selectors';
import type { AppStore } from './store';

interface Deps {
  store: AppStore;
  host: EngineHost;
  bench: EditBench;
  mask: EditMask;
}

/** The paper's row of strengths, from a hint to a new face. */
const STRENGTHS: readonly number[] = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Sides in pixels of the pictures on show: the crop's own, within these. */
const LEAST_SHOWN = 256;
const MOST_SHOWN = 768;

type Run = Pick<EditJob, 'mode' | 'strengths'>;

export class EditController {
  readonly #deps: Deps;
  readonly #variantUrls = new PictureUrls();
  readonly #shownUrls = new PictureUrls();
  /** The crop of the photo as it is shown, and as a file; made once a face. */
  #before: { face: AlignedFace; picture: Patch; png: Promise<Blob> } | null = null;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Makes one edit or a strip of them. Does nothing while busy; never rejects. An earlier edit stays until the new one is there. */
  async apply(kind: EditKind): Promise<void> {
    const { store, host, bench } = this.#deps;
    const { face } = bench;
    if (!face || !canEdit(store.getState())) return;
    store.setState({ editPhase: 'running', editProgress: null });
    await host.perform({
      activity: 'edit',
      report: this.#report,
      check: (pack) => {
        requireEditing(pack);
        const { editDescription } = store.getState();
        for (const { mode } of this.#runs(kind, pack)) requireDescription(pack, editDescription, mode);
      },
      run: async (tools) => {
        const outcome = await this.#edit(face, kind, tools);
        bench.outcome = outcome;
        await this.#show(
          outcome,
          kind === 'strengths' ? nearest(outcome, store.getState().strength) : outcome.variants.length - 1,
        );
        keepEdit({ outcome }).catch(() => undefined);
      },
    });
    bench.preview = null;
    // The photo may have been closed, or another opened, meanwhile.
    if (bench.face === face) store.setState({ editPhase: bench.outcome ? 'done' : 'ready', editProgress: null });
  }

  /** Shows another variant of the last edit. */
  async choose(variant: number): Promise<void> {
    const { outcome } = this.#deps.bench;
    if (!outcome?.variants[variant]) return;
    await this.#guard(() => this.#showVariant(outcome, variant));
  }

  /** Puts region and edits of the face at hand back as they were. */
  async putBack(painted: EditBench['painted'], outcome: EditBench['outcome']): Promise<void> {
    const { bench, store } = this.#deps;
    bench.painted = painted;
    store.setState(({ paintedRevision }) => ({ paintedRevision: paintedRevision + 1 }));
    if (!outcome) return;
    bench.outcome = outcome;
    await this.#show(outcome, outcome.variants.length - 1);
    store.setState({ editPhase: 'done' });
  }

  /** The whole photo with the edit on show in it, as a PNG that says what it is; `null` when there is none. */
  async download(): Promise<{ png: Blob; name: string } | null> {
    const { bench, store } = this.#deps;
    const { photo, face, outcome } = bench;
    const variant = outcome?.variants[store.getState().variant];
    if (!photo || !face || !variant) return null;
    return this.#guard(async () => {
      const { strength, mode } = variant;
      const patch = composite(face.patch, face.crop, editedFace(face, outcome, variant));
      const png = signEditedPng(await encodeWithPatch(photo, patch), { ...outcome.asked, strength, mode });
      return { png, name: `${photo.name.replace(/\.[^.]*$/, '')}-edited.png` };
    });
  }

  /** @param region 1 where something may change, the face's size squared */
  setPainted(region: Uint8Array<ArrayBuffer>): void {
    const { bench, store } = this.#deps;
    bench.painted = region;
    store.setState(({ paintedRevision }) => ({ paintedRevision: paintedRevision + 1 }));
  }

  /** For the next visit, once a stroke is done. */
  keepPainted(): void {
    keepEdit({ painted: this.#deps.bench.painted }).catch(() => undefined);
  }

  /** Where the next edit may change something: 1, the face's size squared; `null` without a face. */
  region(): Uint8Array<ArrayBuffer> | null {
    const { bench, store, mask } = this.#deps;
    const { face, painted } = bench;
    if (!face) return null;
    const { photoDescription, editDescription, regionMode } = store.getState();
    const target = mask.get();
    return editRegion({
      mode: regionMode,
      size: face.size,
      masks: [face.mask, resampleMask({ data: target.mask, size: target.size }, face.size).data],
      descriptions: [photoDescription, editDescription],
      painted,
    });
  }

  /** Whether the mask is other than the one that was read from the photo. */
  isRepainted(): boolean {
    const { face } = this.#deps.bench;
    if (!face) return false;
    const { mask, size } = this.#deps.mask.get();
    return resampleMask({ data: mask, size }, face.size).data.some((index, i) => index !== face.mask[i]);
  }

  #runs(kind: EditKind, pack: PackInfo): Run[] {
    const { strength, editMode } = this.#deps.store.getState();
    if (kind === 'models') {
      const modes: Mode[] = [...pack.collaborators.map(({ id }) => id), 'both'];
      return modes.map((mode) => ({ mode, strengths: [strength] }));
    }
    return [{ mode: modeFor(pack, editMode), strengths: kind === 'one' ? [strength] : [...STRENGTHS] }];
  }

  async #edit(face: AlignedFace, kind: EditKind, { engine, pack, signal, onProgress }: Tools): Promise<KeptOutcome> {
    const { store, mask } = this.#deps;
    const state = store.getState();
    const region = Float32Array.from(this.region() ?? []);
    const target = mask.get();
    const asked: AskedEdit = {
      packId: pack.id,
      seed: state.editSeed,
      steps: editStepsOf(state),
      balance: state.balance,
      region: state.regionMode,
      photoDescription: state.photoDescription,
      description: state.editDescription.trim(),
    };
    const runs = this.#runs(kind, pack);
    const variants: KeptVariant[] = [];
    for (const [i, { mode, strengths }] of runs.entries()) {
      const job: EditJob = {
        image: face.image.slice(),
        source: { mask: face.mask.slice(), maskSize: face.size, description: asked.photoDescription },
        target: { mask: target.mask.slice(), maskSize: target.size, description: asked.description },
        region: region.slice(),
        strengths,
        mode,
        balance: asked.balance,
        seed: asked.seed,
        steps: asked.steps,
      };
      const result = await engine.edit(job, onProgress, this.#onStep(i + 1, runs.length), signal);
      if (result.movedTo) store.setState({ device: result.movedTo });
      const { reconstruction, edits } = result;
      variants.push(...edits.map(({ strength, pixels }) => ({ strength, mode, edited: pixels, reconstruction })));
    }
    return { variants, region, asked };
  }

  #onStep(run: number, runs: number): (frame: EditFrame) => void {
    const { store, bench } = this.#deps;
    let milliseconds = 0;
    let frames = 0;
    return ({ stage, step, total, preview, milliseconds: took }) => {
      bench.preview = preview;
      milliseconds += took;
      store.setState({ load: null, editProgress: { stage, step, total, pace: milliseconds / ++frames, run, runs } });
    };
  }

  async #show(outcome: KeptOutcome, variant: number): Promise<void> {
    const { store, bench } = this.#deps;
    const size = bench.face?.size ?? 0;
    const pictures = await Promise.all(
      outcome.variants.map(({ edited }) => encodePicture({ pixels: edited, width: size, height: size }, 'png')),
    );
    this.#variantUrls.clear();
    store.setState({
      variants: outcome.variants.map(({ strength, mode }, i) => ({
        strength,
        mode,
        url: this.#variantUrls.make(pictures[i]!),
      })),
    });
    await this.#showVariant(outcome, variant);
  }

  /** The chosen variant on the crop as it is shown; the whole photo is composed when it is asked for. */
  async #showVariant(outcome: KeptOutcome, variant: number): Promise<void> {
    const { store, bench } = this.#deps;
    const { face } = bench;
    const chosen = outcome.variants[variant];
    if (!face || !chosen) return;
    const side = clamp(Math.round(face.crop.size), LEAST_SHOWN, MOST_SHOWN);
    const before = this.#beforeOf(face, side);
    const whole = { x: side / 2, y: side / 2, size: side, angle: 0 };
    const after = composite(before.picture, whole, editedFace(face, outcome, chosen));
    const [afterPng, beforePng] = await Promise.all([encodePicture(after, 'png'), before.png]);
    if (bench.face !== face) return;
    this.#shownUrls.clear();
    const shownEdit = { afterUrl: this.#shownUrls.make(afterPng), beforeUrl: this.#shownUrls.make(beforePng) };
    store.setState({ variant, shownEdit });
  }

  #beforeOf(face: AlignedFace, side: number): { picture: Patch; png: Promise<Blob> } {
    if (this.#before?.face !== face) {
      const picture = { pixels: sampleCrop(face.patch, face.crop, side), width: side, height: side, x: 0, y: 0 };
      this.#before = { face, picture, png: encodePicture(picture, 'png') };
    }
    return this.#before;
  }

  /** Shows what fails in the browser's own picture code, which has no errors of ours. */
  async #guard<T>(act: () => Promise<T>): Promise<T | null> {
    try {
      return await act();
    } catch (error) {
      this.#report(toWire(photoProblem(error)));
      return null;
    }
  }

  readonly #report = (editProblem: WireError | null): void => {
    this.#deps.store.setState({ editProblem });
  };
}

function editedFace(
  { size }: AlignedFace,
  { region }: KeptOutcome,
  { edited, reconstruction }: KeptVariant,
): EditedFace {
  return { edited, reconstruction, region, size };
}

/** Index of the variant whose strength is nearest to the one that is set. */
function nearest({ variants }: KeptOutcome, strength: number): number {
  const distances = variants.map((variant) => Math.abs(variant.strength - strength));
  return distances.indexOf(Math.min(...distances));
}
