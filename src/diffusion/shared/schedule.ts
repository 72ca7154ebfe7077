/** Which timesteps a run visits, and how much signal each of them keeps. */
import type { Manifest } from './manifest';

export interface StepPlan {
  /** 0 … T − 1, given to the networks. */
  timestep: number;
  /** ᾱ at `timestep`, in (0, 1]. */
  alpha: number;
  /** ᾱ after the step: that of the next timestep, 1 after the last. */
  alphaNext: number;
}

type Spacing = Pick<Manifest['schedule'], 'end' | 'shift'>;

/** How many different timesteps a run can visit out of `total`. */
export function mostSteps(total: number, { end, shift }: Spacing): number {
  return Math.floor((total - end) / shift);
}

/**
 * Trailing timesteps: t_i = round(E + (T − E) k m / (N + (k − 1) m)) − 1, m = N − i, halves up, so the first is always T − 1 (pure
 * noise; Lin et al., "Common diffusion noise schedules and sample steps are flawed", WACV 2024, section 3.3) and none is below E.
 * The larger k, the closer steps lie where there is much noise (timestep shift, Esser et al., "Scaling rectified flow
 * transformers", ICML 2024, equation 23).
 * @param steps N, 1 … (T − E) / k  @param total T  @param spacing E is its `end`, k its `shift`, at least 1
 */
export function trailingTimesteps(steps: number, total: number, spacing: Spacing): number[] {
  const { end, shift } = spacing;
  const most = mostSteps(total, spacing);
  if (!Number.isInteger(steps) || steps < 1 || steps > most) {
    throw new RangeError(`steps must be a whole number from 1 to ${most}, not ${steps}`);
  }
  return Array.from({ length: steps }, (_, i) => {
    const m = steps - i;
    const whole = steps + (shift - 1) * m;
    return Math.floor((end * whole + (total - end) * shift * m) / whole + 0.5) - 1;
  });
}

/** The last step goes from above the schedule's end to x_0 at once, however much noise is left there. */
export function planSteps(steps: number, schedule: Manifest['schedule']): StepPlan[] {
  const { alphas_cumprod: alphas } = schedule;
  const alphaAt = (timestep: number | undefined): number => (timestep === undefined ? 1 : (alphas[timestep] ?? 1));
  const timesteps = trailingTimesteps(steps, alphas.length, schedule);
  return timesteps.map((timestep, i) => ({
    timestep,
    alpha: alphaAt(timestep),
    alphaNext: alphaAt(timesteps[i + 1]),
  }));
}
