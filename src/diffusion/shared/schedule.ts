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

/**
 * Trailing timesteps: t_i = round(T − i · (T − E) / N) − 1, halves up, so the first is always T − 1 (pure noise; Lin et al.,
 * "Common diffusion noise schedules and sample steps are flawed", WACV 2024, section 3.3) and none is below E.
 * @param steps N, 1 … T − E  @param total T  @param end E
 */
export function trailingTimesteps(steps: number, total: number, end = 0): number[] {
  const most = total - end;
  if (!Number.isInteger(steps) || steps < 1 || steps > most) {
    throw new RangeError(`steps must be a whole number from 1 to ${most}, not ${steps}`);
  }
  return Array.from({ length: steps }, (_, i) => Math.floor((steps * total - i * most) / steps + 0.5) - 1);
}

/** The last step goes from above the schedule's end to x_0 at once, however much noise is left there. */
export function planSteps(steps: number, schedule: Manifest['schedule']): StepPlan[] {
  const { alphas_cumprod: alphas, end } = schedule;
  const alphaAt = (timestep: number | undefined): number => (timestep === undefined ? 1 : (alphas[timestep] ?? 1));
  const timesteps = trailingTimesteps(steps, alphas.length, end);
  return timesteps.map((timestep, i) => ({
    timestep,
    alpha: alphaAt(timestep),
    alphaNext: alphaAt(timesteps[i + 1]),
  }));
}
