/**
 * UniPC (Zhao et al., "UniPC: a unified predictor-corrector framework", NeurIPS 2023): order 2, B(h) = e^h − 1, x_0 prediction.
 * Every step first corrects the x that the last one has left, by the x_0 that the networks see in it, then goes on from there.
 */
import { predictedX0, type Prediction, type StepResult } from './sampler';
import type { StepPlan } from './schedule';

interface Past {
  /** λ = ln(√ᾱ / √(1−ᾱ)) */
  lambda: number;
  x0: Float64Array;
}

/** Where the last step set out from: its corrected x, and the noise level there. */
interface Departure {
  x: Float64Array;
  sigma: number;
}

export class UniPC {
  readonly #prediction: Prediction;
  readonly #clip: number;
  /** Of the last two steps at most, the older first. */
  #past: Past[] = [];
  #departure: Departure | null = null;

  /** @param clip x_0 is clamped to ± this. */
  constructor(prediction: Prediction, clip: number) {
    this.#prediction = prediction;
    this.#clip = clip;
  }

  /** Steps must come in order. One that is not finite leaves the method as it was, so that it can be made again. */
  step(x: Float32Array, predicted: Float32Array, { alpha, alphaNext }: StepPlan): StepResult {
    const { x0, finite } = predictedX0(x, predicted, this.#prediction, alpha, this.#clip);
    if (!finite) return { next: new Float32Array(x.length), x0: Float32Array.from(x0), finite };
    const lambda = logSnr(alpha);
    const sigma = Math.sqrt(1 - alpha);
    const here = this.#departure ? this.#corrected(this.#departure, x0, lambda, alpha) : Float64Array.from(x);
    const next = alphaNext < 1 ? this.#predicted(here, sigma, x0, lambda, alphaNext) : x0;
    this.#past = [...this.#past.slice(-1), { lambda, x0 }];
    this.#departure = { x: here, sigma };
    return { next: Float32Array.from(next), x0: Float32Array.from(x0), finite };
  }

  #predicted(x: Float64Array, sigma: number, x0: Float64Array, lambda: number, alphaNext: number): Float64Array {
    const h = logSnr(alphaNext) - lambda;
    const last = this.#past.at(-1);
    if (!last) return ahead(x, sigma, alphaNext, h, x0);
    const share = (0.5 * h) / (last.lambda - lambda);
    const slanted = x0.map((value, i) => value + share * (last.x0[i]! - value));
    return ahead(x, sigma, alphaNext, h, slanted);
  }

  /** The last step made again, now that x_0 at its end is known. */
  #corrected({ x, sigma }: Departure, x0: Float64Array, lambda: number, alpha: number): Float64Array {
    const last = this.#past.at(-1)!;
    const before = this.#past.length > 1 ? this.#past[0]! : null;
    const h = lambda - last.lambda;
    const { newer, older } = before ? weights(h, (before.lambda - last.lambda) / h) : { newer: 0.5, older: 0 };
    const settled = last.x0.map((value, i) => {
      const earlier = before ? older * (before.x0[i]! - value) : 0;
      return value + newer * (x0[i]! - value) + earlier;
    });
    return ahead(x, sigma, alpha, h, settled);
  }
}

/** How much the differences to the newer and to the older x_0 count. @param r place of the older one, in steps of h: negative */
function weights(h: number, r: number): { newer: number; older: number } {
  const phi = Math.expm1(-h);
  const once = phi / -h - 1;
  const first = once / phi;
  const second = (2 * (once / -h - 0.5)) / phi;
  const older = (second - first) / (r - 1);
  return { newer: first - older, older: older / r };
}

function logSnr(alpha: number): number {
  return 0.5 * Math.log(alpha / (1 - alpha));
}

/** The exact solution from noise level `sigma` to ᾱ = `alpha`, over h in λ, if x_0 were the same all along. */
function ahead(x: Float64Array, sigma: number, alpha: number, h: number, x0: Float64Array): Float64Array {
  const kept = Math.sqrt(1 - alpha) / sigma;
  const added = -Math.sqrt(alpha) * Math.expm1(-h);
  return x.map((value, i) => kept * value + added * x0[i]!);
}
