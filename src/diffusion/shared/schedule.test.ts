import { describe, expect, it } from 'vitest';
import { mostSteps, planSteps, trailingTimesteps } from './schedule';

const EVEN = { end: 0, shift: 1 };

describe('trailingTimesteps', () => {
  it('starts at T − 1 and falls evenly', () => {
    expect(trailingTimesteps(4, 1000, EVEN)).toEqual([999, 749, 499, 249]);
    expect(trailingTimesteps(1, 1000, EVEN)).toEqual([999]);
  });

  it('rounds halves up', () => {
    // (2 · 5) / 4 = 2.5 → 3, minus one
    expect(trailingTimesteps(4, 5, EVEN)).toEqual([4, 3, 2, 0]);
  });

  it('visits every timestep once when N = T', () => {
    expect(trailingTimesteps(10, 10, EVEN)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  });

  it('strictly falls and stays in range for every N', () => {
    for (let steps = 1; steps <= 200; steps++) {
      const timesteps = trailingTimesteps(steps, 200, EVEN);
      expect(timesteps[0]).toBe(199);
      for (let i = 1; i < steps; i++) expect(timesteps[i]!).toBeLessThan(timesteps[i - 1]!);
      expect(timesteps.at(-1)).toBeGreaterThanOrEqual(0);
    }
  });

  it('stays above an end', () => {
    expect(trailingTimesteps(2, 1000, { end: 200, shift: 1 })).toEqual([999, 599]);
    expect(trailingTimesteps(7, 10, { end: 3, shift: 1 })).toEqual([9, 8, 7, 6, 5, 4, 3]);
    expect(() => trailingTimesteps(8, 10, { end: 3, shift: 1 })).toThrow('from 1 to 7');
  });

  it('lies closer where there is more noise, the more so the larger the shift', () => {
    expect(trailingTimesteps(8, 1000, { end: 166, shift: 1.5 })).toEqual([999, 926, 847, 761, 665, 560, 443, 312]);
    expect(trailingTimesteps(2, 1000, { end: 0, shift: 3 })).toEqual([999, 749]);
  });

  it('strictly falls for every N that a shift allows', () => {
    for (const shift of [1, 1.5, 2, 3.7]) {
      const spacing = { end: 20, shift };
      const most = mostSteps(200, spacing);
      for (let steps = 1; steps <= most; steps++) {
        const timesteps = trailingTimesteps(steps, 200, spacing);
        expect([timesteps[0], new Set(timesteps).size]).toEqual([199, steps]);
        expect(timesteps.at(-1)).toBeGreaterThanOrEqual(20);
      }
      expect(() => trailingTimesteps(most + 1, 200, spacing)).toThrow(RangeError);
    }
  });

  it.each([0, -1, 1.5, 11, NaN])('refuses %s steps of 10', (steps) => {
    expect(() => trailingTimesteps(steps, 10, EVEN)).toThrow(RangeError);
  });
});

describe('planSteps', () => {
  it('pairs each timestep with its level and the next, ending at 1', () => {
    const alphas = [0.9, 0.7, 0.4, 0.1];
    expect(planSteps(2, { alphas_cumprod: alphas, prediction: 'v', ...EVEN })).toEqual([
      { timestep: 3, alpha: 0.1, alphaNext: 0.7 },
      { timestep: 1, alpha: 0.7, alphaNext: 1 },
    ]);
  });

  it('goes from above an end to 1', () => {
    const schedule = { alphas_cumprod: [0.9, 0.7, 0.4, 0.1], prediction: 'v' as const, end: 2, shift: 1 };
    expect(planSteps(2, schedule)).toEqual([
      { timestep: 3, alpha: 0.1, alphaNext: 0.4 },
      { timestep: 2, alpha: 0.4, alphaNext: 1 },
    ]);
  });
});
