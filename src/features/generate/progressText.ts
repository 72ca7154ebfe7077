/** Where a load or a run stands, in words and as a fraction. */
import type { LoadProgress } from '../../diffusion/shared/types';
import { megabytes, seconds } from '../../lib/format';

export interface ProgressText {
  text: string;
  /** 0 … 1, or `null` while nobody knows. */
  value: number | null;
}

const fraction = (done: number, total: number): number | null => (total > 0 ? Math.min(1, done / total) : null);

export function loadProgressText(progress: LoadProgress | null): ProgressText {
  if (!progress) return { text: 'Getting ready', value: null };
  const { stage, loaded, total } = progress;
  const value = fraction(loaded, total);
  switch (stage) {
    case 'download':
      return { text: `Downloading ${megabytes(loaded)} of ${megabytes(total)}`, value };
    case 'verify':
      return { text: `Checking ${megabytes(loaded)} of ${megabytes(total)}`, value };
    case 'prepare':
      return { text: `Preparing networks, ${loaded} of ${total}`, value };
  }
}

export function runProgressText(step: number, total: number, millisecondsPerStep: number): ProgressText {
  if (step === 0) return { text: `Step 1 of ${total}`, value: null };
  const left = (total - step) * millisecondsPerStep;
  const pace = `${seconds(millisecondsPerStep)} a step`;
  const text = step < total ? `Step ${step} of ${total} · ${pace} · ${seconds(left)} left` : 'Drawing the picture';
  return { text, value: fraction(step, total) };
}
