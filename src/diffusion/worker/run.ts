/** One generation: the loop over the steps, free of sessions, devices and messages. */
import { AppError } from '../shared/errors';
import type { Manifest } from '../shared/manifest';
import { normals } from '../shared/rng';
import { ddimSigma, ddimStep, type DdimStep, type StepResult } from '../shared/sampler';
import { planSteps, type StepPlan } from '../shared/schedule';
import type { GenerateJob, InfluenceMap } from '../shared/types';
import { UniPC } from '../shared/unipc';
import { Collaboration, type Predict } from './collaboration';
import type { Tokenize } from './conditions';
import type { Networks } from './networks';

/** What a step of any run has made. */
export interface StepMade {
  /** Predicted and clamped, [C, H, W]. */
  x0: Float32Array<ArrayBuffer>;
  /** Per collaborator; empty in uni-modal runs. */
  influence: InfluenceMap[];
  milliseconds: number;
}

export interface StepOutcome extends StepMade {
  /** 1 … total */
  step: number;
  total: number;
  timestep: number;
}

/**
 * Keeps the latent between steps, so that a run broken by a lost device or by non-finite numbers goes on from its last
 * good step with other `Networks`.
 */
export class Run {
  readonly #manifest: Manifest;
  readonly #job: GenerateJob;
  readonly #collaboration: Collaboration;
  readonly #plan: StepPlan[];
  /** `null`: DDIM, which remembers nothing. */
  readonly #uniPC: UniPC | null;
  #x: Float32Array<ArrayBuffer>;
  #done = 0;

  /** @throws AppError when the job cannot be done: MASK_INVALID, DESCRIPTION_EMPTY */
  constructor(manifest: Manifest, job: GenerateJob, tokenize: Tokenize | null) {
    this.#manifest = manifest;
    this.#job = job;
    this.#collaboration = new Collaboration(manifest, { told: job, mode: job.mode, balance: 0 }, tokenize);
    this.#plan = planSteps(job.steps, manifest.schedule);
    this.#uniPC = usesUniPC(manifest, job.eta) ? new UniPC(manifest.schedule.prediction, manifest.latent.clip) : null;
    const [channels, height, width] = manifest.latent.shape;
    this.#x = normals(job.seed, 0, channels * height * width);
  }

  /** @returns the final latent, [C, H, W] */
  execute(networks: Networks, onStep: (outcome: StepOutcome) => Promise<void>): Promise<Float32Array<ArrayBuffer>> {
    return this.#collaboration.under(networks, async (predict) => {
      while (this.#done < this.#plan.length) await onStep(await this.#step(predict));
      return this.#x;
    });
  }

  async #step(predict: Predict): Promise<StepOutcome> {
    const started = performance.now();
    const index = this.#done;
    const plan = this.#plan[index]!;
    const { predicted, influence } = await predict(this.#x, plan.timestep);
    const { next, x0 } = this.#uniPC
      ? finite(this.#uniPC.step(this.#x, predicted, plan))
      : this.#ddim(predicted, plan, index);
    this.#x = next;
    this.#done = index + 1;
    const milliseconds = performance.now() - started;
    return { step: this.#done, total: this.#plan.length, timestep: plan.timestep, x0, influence, milliseconds };
  }

  #ddim(predicted: Float32Array, plan: StepPlan, index: number): StepResult {
    const rule = stepRule(this.#manifest, plan, this.#job.eta);
    const noise = ddimSigma(rule) > 0 ? normals(this.#job.seed, index + 1, this.#x.length) : null;
    return finiteStep(this.#x, predicted, noise, rule);
  }
}

/** It has no noise to add, so any η but 0 is DDIM's. */
function usesUniPC({ defaults }: Manifest, eta: number): boolean {
  return defaults.sampler === 'unipc' && eta === 0;
}

export function stepRule({ schedule, latent }: Manifest, plan: StepPlan, eta: number): DdimStep {
  return { ...plan, prediction: schedule.prediction, eta, clip: latent.clip };
}

/** @throws AppError NOT_FINITE */
export function finiteStep(
  x: Float32Array,
  predicted: Float32Array,
  noise: Float32Array | null,
  rule: DdimStep,
): StepResult {
  return finite(ddimStep(x, predicted, noise, rule));
}

/** @throws AppError NOT_FINITE */
function finite(result: StepResult): StepResult {
  if (!result.finite) throw notFinite();
  return result;
}

export function notFinite(): AppError {
  return new AppError(
    'NOT_FINITE',
    'The numbers of this run went out of range.',
    'Try another seed or another description.',
  );
}
