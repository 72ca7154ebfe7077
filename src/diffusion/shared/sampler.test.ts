import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normals } from './rng';
import { ddimSigma, ddimStep, type DdimStep } from './sampler';

const NO_CLIP = 1e6;

/** x_t and both kinds of prediction for a known x_0 and ε. */
function forward(x0: Float32Array, epsilon: Float32Array, alpha: number) {
  const [a, b] = [Math.sqrt(alpha), Math.sqrt(1 - alpha)];
  return {
    x: x0.map((value, i) => a * value + b * epsilon[i]!),
    v: x0.map((value, i) => a * epsilon[i]! - b * value),
    epsilon,
  };
}

describe('ddimStep', () => {
  const level = fc.double({ min: 0.01, max: 0.98, noNaN: true });

  it('finds x_0 and lands on the noise level of the next step, from v and from epsilon alike', () => {
    fc.assert(
      fc.property(level, level, fc.integer({ min: 0, max: 1000 }), (alpha, alphaNext, seed) => {
        const x0 = normals(seed, 0, 8);
        const noise = normals(seed, 1, 8);
        const at = forward(x0, noise, alpha);
        const after = forward(x0, noise, alphaNext);
        for (const prediction of ['v', 'epsilon'] as const) {
          const step: DdimStep = { prediction, alpha, alphaNext, eta: 0, clip: NO_CLIP };
          const result = ddimStep(at.x, at[prediction], null, step);
          expect(result.finite).toBe(true);
          for (let i = 0; i < x0.length; i++) {
            expect(result.x0[i]).toBeCloseTo(x0[i]!, 4);
            expect(result.next[i]).toBeCloseTo(after.x[i]!, 4);
          }
        }
      }),
    );
  });

  it('clamps x_0 and keeps x consistent with what it clamped to', () => {
    const step: DdimStep = { prediction: 'v', alpha: 0.25, alphaNext: 0.5, eta: 0, clip: 1 };
    const { x0, next } = ddimStep(Float32Array.of(0), Float32Array.of(-4), null, step);
    // raw x_0 = 0.866 · 4 = 3.46; clamped to 1, so ε = (0 − 0.5 · 1) / 0.866
    expect(x0[0]).toBe(1);
    expect(next[0]).toBeCloseTo(Math.sqrt(0.5) * 1 + Math.sqrt(0.5) * (-0.5 / Math.sqrt(0.75)), 6);
  });

  it('adds σ z of fresh noise, and none of it on the last step', () => {
    const x = normals(1, 0, 4);
    const v = normals(2, 0, 4);
    const z = normals(3, 0, 4);
    const step: DdimStep = { prediction: 'v', alpha: 0.3, alphaNext: 0.6, eta: 1, clip: NO_CLIP };
    const sigma = Math.sqrt(((1 - 0.6) / (1 - 0.3)) * (1 - 0.3 / 0.6));
    expect(ddimSigma(step)).toBeCloseTo(sigma, 12);
    const withNoise = ddimStep(x, v, z, step).next;
    const without = ddimStep(x, v, new Float32Array(4), step).next;
    for (let i = 0; i < 4; i++) expect(withNoise[i]! - without[i]!).toBeCloseTo(sigma * z[i]!, 5);
    expect(ddimSigma({ ...step, alphaNext: 1 })).toBe(0);
    const last = ddimStep(x, v, null, { ...step, alphaNext: 1 });
    expect(last.next).toEqual(last.x0);
  });

  it.each([NaN, Infinity, -Infinity])('reports %s in the prediction', (bad) => {
    const step: DdimStep = { prediction: 'epsilon', alpha: 0.3, alphaNext: 0.6, eta: 0, clip: 4 };
    expect(ddimStep(Float32Array.of(1, 1), Float32Array.of(0, bad), null, step).finite).toBe(false);
  });
});
