import { describe, expect, it } from 'vitest';
import combine from '../../../models/contracts/fixtures/combine.json';
import ddim from '../../../models/contracts/fixtures/ddim.json';
import rng from '../../../models/contracts/fixtures/rng.json';
import schedule from '../../../models/contracts/fixtures/schedule.json';
import manifest from '../../../models/contracts/fixtures/tiny-pack/manifest.json';
import { blend, guide, influenceWeights, scheduleFactor, type InfluenceSchedule } from './combine';
import { parseManifest } from './manifest';
import { normals, philox, type Quad } from './rng';
import { ddimSigma, ddimStep, type Prediction } from './sampler';
import { planSteps, trailingTimesteps } from './schedule';

/**
 * The numbers that `python -m codiff fixtures` wrote. Both sides compute in float64 and store float32, so they may differ by the last
 * bits of sine, cosine and logarithm, which no standard pins: a few float32 units in the last place.
 */
const FLOAT32_TOLERANCE = 1e-6;

function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(FLOAT32_TOLERANCE * Math.max(1, Math.abs(value)));
  }
}

describe('the shared fixtures', () => {
  it('random numbers', () => {
    for (const { counter, key, words } of rng.philox) {
      expect(philox(counter as unknown as Quad, key as [number, number])).toEqual(words);
    }
    for (const { seed, stream, values } of rng.normals) expectClose(normals(seed, stream, values.length), values);
  });

  it('timesteps and their levels', () => {
    for (const { steps, total, end, shift, values } of schedule.timesteps) {
      expect(trailingTimesteps(steps, total, { end, shift })).toEqual(values);
    }
    for (const { end, shift, steps } of schedule.plans) {
      const plan = planSteps(steps.length, { alphas_cumprod: schedule.alphas_cumprod, prediction: 'v', end, shift });
      expect(plan).toEqual(steps.map(({ timestep, alpha, alpha_next: alphaNext }) => ({ timestep, alpha, alphaNext })));
    }
  });

  it('DDIM steps', () => {
    const [x, predicted, noise] = [ddim.x, ddim.predicted, ddim.noise].map((values) => Float32Array.from(values));
    for (const { prediction, eta, alpha, alpha_next: alphaNext, sigma, x0, next } of ddim.cases) {
      const step = { prediction: prediction as Prediction, eta, alpha, alphaNext, clip: ddim.clip };
      expect(ddimSigma(step)).toBeCloseTo(sigma, 12);
      const result = ddimStep(x!, predicted!, noise!, step);
      expectClose(result.x0, x0);
      expectClose(result.next, next);
    }
  });

  it('influence and blending', () => {
    const logits = combine.logits.map((values) => Float32Array.from(values));
    const predictions = combine.predictions.map((values) => Float32Array.from(values));
    const rules = combine.schedules.map((name, i) => ({
      schedule: name as InfluenceSchedule,
      scale: combine.scales[i]!,
    }));
    for (const { timestep, factors, weights, blended } of combine.cases) {
      for (const [i, rule] of rules.entries()) {
        expect(rule.scale * scheduleFactor(rule.schedule, timestep, combine.total)).toBeCloseTo(factors[i]!, 12);
      }
      const maps = influenceWeights(logits, rules, timestep, combine.total);
      for (const [i, map] of maps.entries()) expectClose(map, weights[i]!);
      expectClose(blend(predictions, maps), blended);
    }
    const silent = logits.map(() => ({ schedule: 'none' as const, scale: 0 }));
    for (const [i, map] of influenceWeights(logits, silent, 0, combine.total).entries()) {
      expectClose(map, combine.all_zero_factors[i]!);
    }
    const pushes = combine.guidances.map((guidance, i) => ({ conditional: predictions[i]!, guidance, reach: null }));
    const within = pushes.map((push, i) => ({ ...push, reach: Float32Array.from(combine.reaches[i]!) }));
    const unconditional = Float32Array.from(combine.unconditional);
    expectClose(guide(predictions[2]!, pushes, unconditional), combine.guided);
    expectClose(guide(predictions[2]!, within, unconditional), combine.guided_within_reach);
  });

  it('the manifest of the tiny pack', () => {
    expect(parseManifest(manifest).id).toBe('tiny');
  });
});
