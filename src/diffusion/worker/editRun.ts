/** Edits of one inverted photo, one after the other: the photo's own run, left where the strength says, under other conditions. */
import type { Manifest } from '../shared/manifest';
import type { EditFrame, EditJob } from '../shared/types';
import { Collaboration, type Predict } from './collaboration';
import type { Tokenize } from './conditions';
import { forEditing, INVERSION_ETA, type Inversion } from './inversion';
import type { Networks } from './networks';
import { finiteStep, stepRule, type StepMade } from './run';

export interface EditOutcome extends StepMade {
  stage: EditFrame['stage'];
  /** 1 … total, within the stage. */
  step: number;
  total: number;
}

export interface EditedLatents {
  /** The photo's own latent, [C, H, W]. */
  source: Float32Array<ArrayBuffer>;
  /** One per strength, [C, H, W]. */
  edits: Float32Array<ArrayBuffer>[];
}

type OnStep = (outcome: EditOutcome) => Promise<void>;

/**
 * Where an edit leaves the photo's own run: at 0 for strength 1, at `steps` (nowhere) for 0. Quadratic, because little of what
 * words change is decided in the later half of the steps.
 */
export function firstStep(strength: number, steps: number): number {
  return steps - Math.floor((1 - (1 - strength) ** 2) * steps + 0.5);
}

/**
 * Latent places any of whose pixels has a region of at least one half.
 * @param region `size`², row by row, 0 … 1  @returns `height` × `width`, 1 inside and 0 outside
 */
export function latentRegion(region: Float32Array, size: number, height: number, width: number): Uint8Array {
  const inside = new Uint8Array(height * width);
  for (let y = 0; y < size; y++) {
    const row = Math.floor((y * height) / size) * width;
    for (let x = 0; x < size; x++) {
      if (region[y * size + x]! >= 0.5) inside[row + Math.floor((x * width) / size)] = 1;
    }
  }
  return inside;
}

/**
 * Keeps what is done between steps, so that a run broken by a lost device or by non-finite numbers goes on from its last good
 * step with other `Networks`.
 */
export class EditRun {
  readonly #manifest: Manifest;
  readonly #inversion: Inversion;
  readonly #collaboration: Collaboration;
  readonly #inside: Uint8Array;
  /** Per strength: the step at which its edit leaves the photo's run. */
  readonly #firsts: number[];
  readonly #inverting: number;
  readonly #editing: number;
  readonly #edits: Float32Array<ArrayBuffer>[] = [];
  /** The edit under way: its latent y_i and i. */
  #current: { y: Float32Array<ArrayBuffer>; i: number } | null = null;
  #done = 0;

  /** @throws AppError when the job cannot be done: MASK_INVALID, DESCRIPTION_EMPTY */
  constructor(manifest: Manifest, job: EditJob, inversion: Inversion, tokenize: Tokenize | null) {
    checkEdit(job, manifest.image_size);
    this.#manifest = manifest;
    this.#inversion = inversion;
    const { target, mode, balance } = job;
    this.#collaboration = new Collaboration(forEditing(manifest), { told: target, mode, balance }, tokenize);
    const [, height, width] = manifest.latent.shape;
    this.#inside = latentRegion(job.region, manifest.image_size, height, width);
    this.#firsts = job.strengths.map((strength) => firstStep(strength, job.steps));
    this.#inverting = inversion.missing(Math.min(...this.#firsts));
    this.#editing = this.#firsts.reduce((sum, first) => sum + job.steps - first, 0);
  }

  async execute(networks: Networks, onStep: OnStep): Promise<EditedLatents> {
    const source = await this.#inversion.encode(networks);
    await this.#invert(networks, onStep);
    if (this.#editing === 0) return { source, edits: this.#firsts.map(() => source) };
    await this.#collaboration.under(networks, (predict) => this.#editAll(predict, onStep));
    return { source, edits: this.#edits };
  }

  #invert(networks: Networks, onStep: OnStep): Promise<void> {
    const first = Math.min(...this.#firsts);
    return this.#inversion.complete(networks, first, (made) => {
      const step = this.#inverting - this.#inversion.missing(first);
      return onStep({ ...made, stage: 'invert', step, total: this.#inverting });
    });
  }

  async #editAll(predict: Predict, onStep: OnStep): Promise<void> {
    while (this.#edits.length < this.#firsts.length) {
      const first = this.#firsts[this.#edits.length]!;
      this.#current ??= { y: this.#inversion.pointAt(first), i: first };
      while (this.#current.i < this.#inversion.plan.length) await onStep(await this.#step(predict, this.#current));
      this.#edits.push(this.#current.y);
      this.#current = null;
    }
  }

  async #step(predict: Predict, { y, i }: { y: Float32Array; i: number }): Promise<EditOutcome> {
    const started = performance.now();
    const plan = this.#inversion.plan[i]!;
    const { predicted, influence } = await predict(y, plan.timestep);
    const { next: mean, x0 } = finiteStep(y, predicted, null, stepRule(this.#manifest, plan, INVERSION_ETA));
    const remainder = this.#inversion.remainderAt(i);
    const kept = this.#inversion.pointAt(i + 1);
    const places = this.#inside.length;
    const next = mean.map((value, k) => (this.#inside[k % places] ? value + remainder[k]! : kept[k]!));
    this.#current = { y: next, i: i + 1 };
    this.#done++;
    const milliseconds = performance.now() - started;
    return { stage: 'edit', step: this.#done, total: this.#editing, x0, influence, milliseconds };
  }
}

/** What a person may get wrong is checked where it is used; these are the page's. */
function checkEdit({ region, strengths, balance }: EditJob, size: number): void {
  if (region.length !== size * size) throw new RangeError(`The region should have ${size} × ${size} values.`);
  const isStrength = (value: number): boolean => value >= 0 && value <= 1;
  if (strengths.length === 0 || !strengths.every(isStrength)) throw new RangeError('Strengths go from 0 to 1.');
  if (!(Math.abs(balance) <= 1)) throw new RangeError('The balance goes from −1 to 1.');
}
