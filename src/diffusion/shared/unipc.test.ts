import { describe, expect, it } from 'vitest';
import fixture from '../../../models/contracts/fixtures/unipc.json';
import { normals } from './rng';
import type { Prediction } from './sampler';
import { planSteps } from './schedule';
import { UniPC } from './unipc';

const { alphas_cumprod, clip, seed, count, cases } = fixture;
const SCHEDULE = { alphas_cumprod, prediction: 'v' as const, end: 0, shift: 1 };

describe('UniPC', () => {
  it.each(cases)('takes $steps.length steps from $prediction as in models/codiff', ({ prediction, steps }) => {
    const method = new UniPC(prediction as Prediction, clip);
    let x = normals(seed, 0, count);
    for (const [i, plan] of planSteps(steps.length, SCHEDULE).entries()) {
      const { next, x0, finite } = method.step(x, normals(seed, i + 1, count), plan);
      expect(finite).toBe(true);
      for (let k = 0; k < count; k++) {
        expect(x0[k]).toBeCloseTo(steps[i]!.x0[k]!, 5);
        expect(next[k]).toBeCloseTo(steps[i]!.next[k]!, 5);
      }
      x = next;
    }
  });

  it('is as before after a step that was not finite', () => {
    const [first, second] = planSteps(4, SCHEDULE);
    const x = normals(seed, 0, count);
    const [calm, broken] = [new UniPC('v', clip), new UniPC('v', clip)];
    const at = calm.step(x, normals(seed, 1, count), first!).next;
    broken.step(x, normals(seed, 1, count), first!);
    expect(broken.step(at, new Float32Array(count).fill(NaN), second!).finite).toBe(false);
    const predicted = normals(seed, 2, count);
    expect(broken.step(at, predicted, second!)).toEqual(calm.step(at, predicted, second!));
  });
});
