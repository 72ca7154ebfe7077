import { describe, expect, it } from 'vitest';
import { blend, equalWeights, guide, influenceWeights, scheduleFactor, type InfluenceRule } from './combine';
import { normals } from './rng';

const PLAIN: InfluenceRule = { schedule: 'none', scale: 1 };
const TOTAL = 1000;

describe('scheduleFactor', () => {
  it('falls from 1 at pure noise to 0', () => {
    for (const schedule of ['linear', 'cosine'] as const) {
      expect(scheduleFactor(schedule, TOTAL - 1, TOTAL)).toBeCloseTo(1, 12);
      expect(scheduleFactor(schedule, 0, TOTAL)).toBeCloseTo(0, 12);
    }
    expect(scheduleFactor('none', 0, TOTAL)).toBe(1);
  });

  it('is half way at the middle and steeper there for cosine', () => {
    expect(scheduleFactor('linear', 50, 101)).toBeCloseTo(0.5, 12);
    expect(scheduleFactor('cosine', 50, 101)).toBeCloseTo(0.5, 12);
    expect(scheduleFactor('cosine', 75, 101)).toBeGreaterThan(0.75);
  });
});

describe('influenceWeights', () => {
  it('sums to one everywhere, for any logits, rules and number of collaborators', () => {
    const logits = [1, 2, 3].map((seed) => normals(seed, 0, 16).map((value) => value * 40));
    const rules: InfluenceRule[] = [{ schedule: 'cosine', scale: 2 }, PLAIN, { schedule: 'linear', scale: 0.5 }];
    for (const timestep of [0, 300, 999]) {
      const maps = influenceWeights(logits, rules, timestep, TOTAL);
      for (let place = 0; place < 16; place++) {
        const sum = maps.reduce((total, map) => total + map[place]!, 0);
        expect(sum).toBeCloseTo(1, 6);
      }
    }
  });

  it('is the softmax, then scaled and renormalised', () => {
    const logits = [Float32Array.of(Math.log(3)), Float32Array.of(0)];
    expect(influenceWeights(logits, [PLAIN, PLAIN], 500, TOTAL)[0]![0]).toBeCloseTo(0.75, 6);
    // 0.75 · 2 against 0.25
    const scaled = influenceWeights(logits, [{ ...PLAIN, scale: 2 }, PLAIN], 500, TOTAL);
    expect(scaled[0]![0]).toBeCloseTo(1.5 / 1.75, 6);
  });

  it('keeps the softmax where every factor is zero', () => {
    const logits = [Float32Array.of(0), Float32Array.of(0)];
    const linear: InfluenceRule = { schedule: 'linear', scale: 1 };
    expect(influenceWeights(logits, [linear, linear], 0, TOTAL)[0]![0]).toBe(0.5);
  });

  it('survives logits that overflow exp', () => {
    const [first] = influenceWeights([Float32Array.of(1000), Float32Array.of(990)], [PLAIN, PLAIN], 1, TOTAL);
    expect(first![0]).toBeCloseTo(1 / (1 + Math.exp(-10)), 6);
  });
});

describe('blend', () => {
  it('weighs each place of every channel', () => {
    const predictions = [Float32Array.of(1, 2, 3, 4), Float32Array.of(10, 20, 30, 40)];
    const weights = [Float32Array.of(1, 0.5), Float32Array.of(0, 0.5)];
    expect([...blend(predictions, weights)]).toEqual([1, 11, 3, 22]);
  });

  it('is the mean under equal weights', () => {
    const blended = blend([Float32Array.of(1, 5), Float32Array.of(3, 7)], equalWeights(2, 2));
    expect([...blended]).toEqual([2, 6]);
  });
});

describe('guide', () => {
  const push = (guidance: number) => ({ conditional: Float32Array.of(2), guidance, reach: null });
  const UNCONDITIONAL = Float32Array.of(1);

  it('moves away from the unconditional prediction', () => {
    expect([...guide(Float32Array.of(2), [push(3)], UNCONDITIONAL)]).toEqual([4]);
    expect([...guide(Float32Array.of(2), [push(0)], UNCONDITIONAL)]).toEqual([1]);
    expect([...guide(Float32Array.of(2), [], UNCONDITIONAL)]).toEqual([2]);
  });

  it('adds the pushes of all who speak, whole', () => {
    expect([...guide(Float32Array.of(10), [push(3), push(1), push(1.5)], UNCONDITIONAL)]).toEqual([12.5]);
  });

  it('pushes at each place as far as each push reaches there, in every channel', () => {
    const conditional = Float32Array.of(2, 2, 3, 3);
    const unconditional = Float32Array.of(1, 1, 1, 1);
    const pushes = [Float32Array.of(0.5, 0), Float32Array.of(0, 3)].map((reach) => ({
      conditional,
      guidance: 2,
      reach,
    }));
    expect([...guide(new Float32Array(4), pushes, unconditional)]).toEqual([0.5, 3, 1, 6]);
  });
});
