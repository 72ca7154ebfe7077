import { useAppState } from '../../state/session';

const PERCENT = 100;

/** A ring where the influence is being read; the same place in every picture and map. */
export function ProbeMark() {
  const probe = useAppState((state) => state.probe);
  if (!probe) return null;
  return (
    <span
      aria-hidden
      className="pointer-events-none absolute size-4 -translate-1/2 rounded-full border-2 border-white shadow-[0_0_0_1.5px_rgb(0_0_0/0.65)]"
      style={{ left: `${probe.x * PERCENT}%`, top: `${probe.y * PERCENT}%` }}
    />
  );
}
