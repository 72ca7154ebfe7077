/** One generation: the loop over the steps, free of sessions, devices and messages. */
import { blend, equalWeights, guide, influenceWeights } from '../shared/combine';
import { AppError } from '../shared/errors';
import type { Collaborator, Manifest } from '../shared/manifest';
import { normals } from '../shared/rng';
import { ddimSigma, ddimStep, type DdimStep } from '../shared/sampler';
import { planSteps, type StepPlan } from '../shared/schedule';
import type { GenerateJob } from '../shared/types';
import { activeCollaborators, checkJob, encodeConditions, type Condition, type Tokenize } from './conditions';
import type { Feeds, NdArray, Networks } from './networks';

export interface StepOutcome {
  /** 1 … total */
  step: number;
  total: number;
  timestep: number;
  x0: Float32Array<ArrayBuffer>;
  /** Per collaborator; empty in uni-modal runs. */
  influence: { collaborator: string; weights: Float32Array<ArrayBuffer> }[];
  milliseconds: number;
}

interface Voice {
  collaborator: Collaborator;
  condition: Condition;
}

/**
 * Keeps the latent between steps, so that a run broken by a lost device or by non-finite numbers goes on from its last
 * good step with other `Networks`.
 */
export class Run {
  readonly #manifest: Manifest;
  readonly #job: GenerateJob;
  readonly #tokenize: Tokenize | null;
  readonly #active: Collaborator[];
  readonly #plan: StepPlan[];
  readonly #shape: readonly [number, number, number, number];
  #x: Float32Array<ArrayBuffer>;
  #done = 0;

  /** @throws AppError when the job cannot be done: MASK_INVALID, DESCRIPTION_EMPTY */
  constructor(manifest: Manifest, job: GenerateJob, tokenize: Tokenize | null) {
    this.#manifest = manifest;
    this.#job = job;
    this.#tokenize = tokenize;
    this.#active = activeCollaborators(manifest, job.mode);
    checkJob(this.#active, job);
    this.#plan = planSteps(job.steps, manifest.schedule.alphas_cumprod);
    const [channels, height, width] = manifest.latent.shape;
    this.#shape = [1, channels, height, width];
    this.#x = normals(job.seed, 0, channels * height * width);
  }

  /** @returns the final latent, [C, H, W] */
  async execute(
    networks: Networks,
    onStep: (outcome: StepOutcome) => Promise<void>,
  ): Promise<Float32Array<ArrayBuffer>> {
    const conditions: Condition[] = [];
    try {
      await encodeConditions(this.#manifest, networks, this.#active, this.#job, this.#tokenize, conditions);
      const voices = this.#active.map((collaborator, i) => ({ collaborator, condition: conditions[i]! }));
      while (this.#done < this.#plan.length) await onStep(await this.#step(networks, voices));
      return this.#x;
    } finally {
      for (const { given, empty } of conditions) {
        networks.release(given);
        if (empty) networks.release(empty);
      }
    }
  }

  async #step(networks: Networks, voices: readonly Voice[]): Promise<StepOutcome> {
    const started = performance.now();
    const index = this.#done;
    const plan = this.#plan[index]!;
    const predictions: Float32Array[] = [];
    for (const voice of voices) predictions.push(await this.#predict(networks, voice, plan.timestep));
    const weights = await this.#weigh(networks, voices, plan.timestep);
    const predicted = weights.length > 0 ? blend(predictions, weights) : predictions[0]!;
    const rule: DdimStep = {
      ...plan,
      prediction: this.#manifest.schedule.prediction,
      eta: this.#job.eta,
      clip: this.#manifest.latent.clip,
    };
    const noise = ddimSigma(rule) > 0 ? normals(this.#job.seed, index + 1, this.#x.length) : null;
    const { next, x0, finite } = ddimStep(this.#x, predicted, noise, rule);
    if (!finite) throw notFinite();
    this.#x = next;
    this.#done = index + 1;
    return {
      step: this.#done,
      total: this.#plan.length,
      timestep: plan.timestep,
      x0,
      influence: weights.map((map, i) => ({ collaborator: voices[i]!.collaborator.id, weights: map })),
      milliseconds: performance.now() - started,
    };
  }

  #feeds(timestep: number, condition: Feeds[string]): Feeds {
    const x: NdArray = { data: this.#x, shape: this.#shape };
    return { x, timestep: { data: Float32Array.of(timestep), shape: [1] }, condition };
  }

  async #predict(networks: Networks, { collaborator, condition }: Voice, timestep: number): Promise<Float32Array> {
    const { denoiser, guidance } = collaborator;
    const conditional = await networks.run(denoiser, this.#feeds(timestep, condition.given));
    if (!condition.empty) return conditional;
    return guide(conditional, await networks.run(denoiser, this.#feeds(timestep, condition.empty)), guidance);
  }

  /** One map per collaborator; none when one speaks alone. */
  async #weigh(networks: Networks, voices: readonly Voice[], timestep: number): Promise<Float32Array<ArrayBuffer>[]> {
    const [, , height, width] = this.#shape;
    if (voices.length < 2) return [];
    if (this.#job.mode === 'fixed') return equalWeights(voices.length, height * width);
    const logits: Float32Array[] = [];
    for (const { collaborator, condition } of voices) {
      logits.push(await networks.run(collaborator.influence!, this.#feeds(timestep, condition.given)));
    }
    const rules = voices.map(({ collaborator }) => ({
      schedule: collaborator.influence_schedule,
      scale: collaborator.influence_scale,
    }));
    return influenceWeights(logits, rules, timestep, this.#manifest.schedule.alphas_cumprod.length);
  }
}

export function notFinite(): AppError {
  return new AppError(
    'NOT_FINITE',
    'The numbers of this run went out of range.',
    'Try another seed or another description.',
  );
}
