/**
 * Edit-friendly DDPM inversion (Huberman-Spiegelglas et al., CVPR 2024): a photo as a run of N steps. Its noisy latents x_i are
 * drawn independently of each other; what a step from x_i to x_{i+1} needs beside the prediction is kept, and given to an edit.
 * Formulas: `models/contracts/README.md`, "Editing a photo".
 */
import { AppError } from '../shared/errors';
import type { Manifest } from '../shared/manifest';
import { normals } from '../shared/rng';
import { planSteps, type StepPlan } from '../shared/schedule';
import type { EditJob } from '../shared/types';
import { Collaboration, type Predict } from './collaboration';
import type { Tokenize } from './conditions';
import type { Networks } from './networks';
import { toPlanes } from './pictures';
import { finiteStep, notFinite, stepRule, type StepMade } from './run';

/** Of the random numbers: far above the steps of a generation, which has the streams 0 … N. */
const FIRST_STREAM = 65536;

/** As noisy as DDPM, which the inversion is made for. */
export const INVERSION_ETA = 1;

/** What an inversion depends on. */
export type Inverted = Pick<EditJob, 'image' | 'source' | 'balance' | 'seed' | 'steps' | 'mode'>;

type Latent = Float32Array<ArrayBuffer>;

/**
 * Steps do not depend on each other, so only those that an edit passes through are inverted, and kept: a weaker edit of the same
 * photo needs no more, a stronger one only what is missing. A run broken by a lost device goes on with other `Networks`.
 */
export class Inversion {
  readonly plan: readonly StepPlan[];
  readonly #manifest: Manifest;
  readonly #of: Inverted;
  readonly #collaboration: Collaboration;
  readonly #remainders: (Latent | null)[];
  readonly #path: (Latent | null)[];
  #latent: Latent | null = null;

  /** @throws AppError when the job cannot be done: PHOTO_INVALID, MASK_INVALID, DESCRIPTION_EMPTY */
  constructor(manifest: Manifest, of: Inverted, tokenize: Tokenize | null) {
    this.#manifest = manifest;
    this.#of = of;
    checkImage(of.image, manifest.image_size);
    const { source, mode, balance } = of;
    this.#collaboration = new Collaboration(forEditing(manifest), { told: source, mode, balance }, tokenize);
    this.plan = planSteps(of.steps, manifest.schedule);
    this.#remainders = this.plan.map(() => null);
    this.#path = this.plan.map(() => null);
  }

  /** Is this the inversion that `other` needs? */
  isOf(other: Inverted): boolean {
    const { image, source, balance, seed, steps, mode } = this.#of;
    return (
      balance === other.balance &&
      seed === other.seed &&
      steps === other.steps &&
      mode === other.mode &&
      source.description === other.source.description &&
      isEqual(source.mask, other.source.mask) &&
      isEqual(image, other.image)
    );
  }

  /** How many steps from `first` on still have to be inverted. */
  missing(first: number): number {
    return this.#remainders.filter((remainder, i) => i >= first && !remainder).length;
  }

  /** The photo's own latent, [C, H, W]. Encodes the photo when it is first asked for. */
  async encode(networks: Networks): Promise<Latent> {
    if (this.#latent) return this.#latent;
    const { codec, image_size: size } = this.#manifest;
    if (codec.encoder === undefined) throw new Error('The pack has no codec encoder.');
    const image = { data: toPlanes(this.#of.image, size), shape: [1, 3, size, size] };
    const latent = Float32Array.from(await networks.run(codec.encoder, { image }));
    if (!latent.every(Number.isFinite)) throw notFinite();
    this.#latent = latent;
    return latent;
  }

  /** Inverts the steps from `first` on that are not yet known. `encode` must have run. */
  async complete(networks: Networks, first: number, onStep: (made: StepMade) => Promise<void>): Promise<void> {
    if (this.missing(first) === 0) return;
    await this.#collaboration.under(networks, async (predict) => {
      for (let i = first; i < this.plan.length; i++) {
        if (!this.#remainders[i]) await onStep(await this.#invert(predict, i));
      }
    });
  }

  /** x_i, [C, H, W], i = 0 … N: from almost pure noise to the photo's own latent. `encode` must have run. */
  pointAt(i: number): Latent {
    if (!this.#latent) throw new Error('The photo is not encoded yet.');
    const step = this.plan[i];
    if (!step) return this.#latent;
    this.#path[i] ??= noised(this.#latent, step.alpha, normals(this.#of.seed, FIRST_STREAM + i, this.#latent.length));
    return this.#path[i];
  }

  /** x_{i+1} less the mean of the step from x_i: noise, and what the prediction got wrong. [C, H, W] */
  remainderAt(i: number): Latent {
    const remainder = this.#remainders[i];
    if (!remainder) throw new Error(`Step ${i} is not inverted yet.`);
    return remainder;
  }

  async #invert(predict: Predict, i: number): Promise<StepMade> {
    const started = performance.now();
    const plan = this.plan[i]!;
    const x = this.pointAt(i);
    const { predicted, influence } = await predict(x, plan.timestep);
    const { next: mean, x0 } = finiteStep(x, predicted, null, stepRule(this.#manifest, plan, INVERSION_ETA));
    this.#remainders[i] = this.pointAt(i + 1).map((value, k) => value - mean[k]!);
    return { x0, influence, milliseconds: performance.now() - started };
  }
}

/** The same pack under the guidance that it asks for when a photo is edited. */
export function forEditing(manifest: Manifest): Manifest {
  const collaborators = manifest.collaborators.map((c) => {
    const guidance = c.edit_guidance ?? c.guidance;
    return { ...c, guidance, alone: { ...c.alone, guidance } };
  });
  return { ...manifest, collaborators };
}

function noised(latent: Latent, alpha: number, noise: Latent): Latent {
  const [signal, level] = [Math.sqrt(alpha), Math.sqrt(1 - alpha)];
  return latent.map((value, k) => signal * value + level * noise[k]!);
}

function isEqual(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** @param image RGBA  @throws AppError PHOTO_INVALID unless it is `size` squared */
export function checkImage(image: Uint8ClampedArray, size: number): void {
  if (image.length === size * size * 4) return;
  throw new AppError(
    'PHOTO_INVALID',
    `The aligned face should have ${size} × ${size} pixels but has ${image.length / 4} in all.`,
    'Choose the photo again.',
  );
}
