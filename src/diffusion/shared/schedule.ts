/** Which timesteps a run visits, and how much signal each of them keeps. */

export interface StepPlan {
  /** 0 … T − 1, given to the networks. */
  timestep: number;
  /** ᾱ at `timestep`, in (0, 1]. */
  alpha: number;
  /** ᾱ after the step: that of the next timestep, 1 after the last. */
  alphaNext: number;
}

/**
 * Trailing timesteps: t_i = round((N − i) · T / N) − 1, halves up, so the first is always T − 1 (pure noise; Lin et al.,
 * "Common diffusion noise schedules and sample steps are flawed", WACV 2024, section 3.3).
 * @param steps N, 1 … T  @param total T
 */
export function trailingTimesteps(steps: number, total: number): number[] {
  if (!Number.isInteger(steps) || steps < 1 || steps > total) {
    throw new RangeError(`steps must be a whole number from 1 to ${total}, not ${steps}`);
  }
  return Array.from({ length: steps }, (_, i) => Math.floor(((steps - i) * total) / steps + 0.5) - 1);
}

/** @param alphasCumprod ᾱ_0 … ᾱ_{T−1} from the pack */
export function planSteps(steps: number, alphasCumprod: readonly number[]): StepPlan[] {
  const alphaAt = (timestep: number | undefined): number =>
    timestep === undefined ? 1 : (alphasCumprod[timestep] ?? 1);
  const timesteps = trailingTimesteps(steps, alphasCumprod.length);
  return timesteps.map((timestep, i) => ({
    timestep,
    alpha: alphaAt(timestep),
    alphaNext: alphaAt(timesteps[i + 1]),
  }));
}
