/** One DDIM step (Song et al., "Denoising diffusion implicit models", ICLR 2021, eq. 12 and 16) on a flat latent. */
import { clamp } from '../../lib/clamp';

export type Prediction = 'v' | 'epsilon';

export interface DdimStep {
  prediction: Prediction;
  /** ᾱ of this timestep, in (0, 1) */
  alpha: number;
  /** ᾱ of the next timestep; 1 after the last */
  alphaNext: number;
  /** 0 (deterministic) … 1 (as noisy as DDPM) */
  eta: number;
  /** x_0 is clamped to ± this. */
  clip: number;
}

export interface StepResult {
  /** x at the next timestep */
  next: Float32Array<ArrayBuffer>;
  /** predicted x_0, clamped */
  x0: Float32Array<ArrayBuffer>;
  /** `false` when the prediction held a NaN or an infinity; `next` and `x0` are then worthless. */
  finite: boolean;
}

/** Standard deviation of the fresh noise of a step. */
export function ddimSigma(step: DdimStep): number {
  const { alpha, alphaNext, eta } = step;
  // max: rounding may push 1 − ᾱ/ᾱ' a hair below zero where neighbouring ᾱ are equal.
  return eta * Math.sqrt((1 - alphaNext) / (1 - alpha)) * Math.sqrt(Math.max(0, 1 - alpha / alphaNext));
}

/**
 * x_0 from v or ε, clamped; float64.
 * @returns also whether all of it was finite before clamping
 */
export function predictedX0(
  x: Float32Array,
  predicted: Float32Array,
  prediction: Prediction,
  alpha: number,
  clip: number,
): { x0: Float64Array; finite: boolean } {
  const signal = Math.sqrt(alpha);
  const noiseLevel = Math.sqrt(1 - alpha);
  const x0 = new Float64Array(x.length);
  let finite = true;
  for (let i = 0; i < x.length; i++) {
    const xi = x[i]!;
    const pi = predicted[i]!;
    const raw = prediction === 'v' ? signal * xi - noiseLevel * pi : (xi - noiseLevel * pi) / signal;
    if (!Number.isFinite(raw)) finite = false;
    x0[i] = clamp(raw, -clip, clip);
  }
  return { x0, finite };
}

/**
 * x_0 is clamped and ε recomputed from it, so that a clamp does not leave the two contradicting each other.
 * Arithmetic is float64, stored as float32, as in `models/codiff`.
 * @param x latent, any order  @param predicted v or ε, same length  @param noise standard normals; read only if σ > 0
 */
export function ddimStep(
  x: Float32Array,
  predicted: Float32Array,
  noise: Float32Array | null,
  step: DdimStep,
): StepResult {
  const { prediction, alpha, alphaNext, clip } = step;
  const signal = Math.sqrt(alpha);
  const noiseLevel = Math.sqrt(1 - alpha);
  const sigma = ddimSigma(step);
  const signalNext = Math.sqrt(alphaNext);
  const direction = Math.sqrt(Math.max(0, 1 - alphaNext - sigma * sigma));
  const { x0, finite } = predictedX0(x, predicted, prediction, alpha, clip);
  const next = new Float32Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const epsilon = (x[i]! - signal * x0[i]!) / noiseLevel;
    next[i] = signalNext * x0[i]! + direction * epsilon + (sigma > 0 ? sigma * (noise?.[i] ?? 0) : 0);
  }
  return { next, x0: Float32Array.from(x0), finite };
}
