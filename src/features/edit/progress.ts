/** Where reading a photo or editing it stands, in words and as a fraction. */
import type { LoadProgress } from '../../diffusion/shared/types';
import { seconds } from '../../lib/format';
import type { EditPhase, EditProgress } from '../../state/editSlice';
import type { Activity } from '../../state/runSlice';
import { loadProgressText, type ProgressText } from '../generate';

export function aligningText(phase: EditPhase, activity: Activity | null, load: LoadProgress | null): ProgressText {
  if (activity === 'generate') return { text: 'Waiting for the face that is being made', value: null };
  if (load) return loadProgressText(load);
  return { text: phase === 'finding' ? 'Looking for faces' : 'Reading the face', value: null };
}

export function editText(progress: EditProgress | null, load: LoadProgress | null): ProgressText {
  if (load || !progress) return loadProgressText(load);
  const { stage, step, total, pace, run, runs } = progress;
  const which = runs > 1 ? `${run} of ${runs} · ` : '';
  const what = stage === 'invert' ? 'Taking the photo apart' : 'Editing';
  // The inversion is about half of a run.
  const done = ((stage === 'invert' ? 0 : 1) + step / total) / 2;
  return {
    text: `${which}${what}, step ${step} of ${total} · ${seconds(pace)} a step`,
    value: (run - 1 + done) / runs,
  };
}
