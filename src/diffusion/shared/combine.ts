/** Blending the collaborators' predictions by their influence (Huang et al., "Collaborative Diffusion", CVPR 2023, section 3.3). */

export type InfluenceSchedule = 'none' | 'linear' | 'cosine';

export interface InfluenceRule {
  schedule: InfluenceSchedule;
  /** ≥ 0; multiplies the softmax weight before renormalisation */
  scale: number;
}

/** How much a collaborator may say at `timestep` of `total`: 1 at pure noise, falling to 0 for `linear` and `cosine`. */
export function scheduleFactor(schedule: InfluenceSchedule, timestep: number, total: number): number {
  if (schedule === 'none') return 1;
  const progress = timestep / (total - 1);
  return schedule === 'linear' ? progress : (1 - Math.cos(Math.PI * progress)) / 2;
}

/**
 * Softmax over collaborators at each place, times scale and schedule, renormalised. Where every factor is zero the plain
 * softmax is kept: a step without any weights would be no step.
 * @param logits one map per collaborator, equal lengths  @returns weights in the same layout; they sum to one per place
 */
export function influenceWeights(
  logits: readonly Float32Array[],
  rules: readonly InfluenceRule[],
  timestep: number,
  total: number,
): Float32Array<ArrayBuffer>[] {
  const factors = rules.map((rule) => rule.scale * scheduleFactor(rule.schedule, timestep, total));
  const usable = factors.some((factor) => factor > 0) ? factors : factors.map(() => 1);
  const places = logits[0]?.length ?? 0;
  const out = logits.map(() => new Float32Array(places));
  const row = new Float64Array(logits.length);
  for (let place = 0; place < places; place++) {
    let top = -Infinity;
    for (const map of logits) top = Math.max(top, map[place]!);
    let sum = 0;
    for (let i = 0; i < row.length; i++) {
      row[i] = Math.exp(logits[i]![place]! - top) * usable[i]!;
      sum += row[i]!;
    }
    for (let i = 0; i < row.length; i++) out[i]![place] = row[i]! / sum;
  }
  return out;
}

/** The same weight everywhere for each of `count` collaborators: the paper's baseline of fixed blending. */
export function equalWeights(count: number, places: number): Float32Array<ArrayBuffer>[] {
  return Array.from({ length: count }, () => new Float32Array(places).fill(1 / count));
}

/**
 * Σ_i w_i p_i. Works for v, ε and x_0 alike, because the weights sum to one.
 * @param predictions C × H × W each  @param weights H × W each
 */
export function blend(
  predictions: readonly Float32Array[],
  weights: readonly Float32Array[],
): Float32Array<ArrayBuffer> {
  const length = predictions[0]?.length ?? 0;
  const places = weights[0]?.length ?? 1;
  const out = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const place = i % places;
    let sum = 0;
    for (let k = 0; k < predictions.length; k++) sum += weights[k]![place]! * predictions[k]![i]!;
    out[i] = sum;
  }
  return out;
}

export interface Push {
  /** prediction under the condition, C × H × W */
  conditional: Float32Array;
  guidance: number;
  /** How much of the push counts at each place, H × W; null where all of it does. */
  reach: Float32Array | null;
}

/**
 * p + Σ_i r_i (g_i − 1) (p_i − n), r_i the reach: of one collaborator alone, classifier-free guidance (Ho and Salimans, 2022). Of several, each
 * condition pushes as strongly as it does alone, wherever the others have the greater influence (conjunction in Liu et al.,
 * "Compositional visual generation with composable diffusion models", ECCV 2022).
 * @param unconditional prediction n under the null condition, C × H × W
 */
export function guide(
  predicted: Float32Array,
  pushes: readonly Push[],
  unconditional: Float32Array,
): Float32Array<ArrayBuffer> {
  return Float32Array.from(predicted, (value, i) => {
    let sum = 0;
    for (const { conditional, guidance, reach } of pushes) {
      const share = reach ? reach[i % reach.length]! : 1;
      sum += share * (guidance - 1) * (conditional[i]! - unconditional[i]!);
    }
    return value + sum;
  });
}
