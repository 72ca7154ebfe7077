import { Eye, EyeOff, Lock, LockOpen } from 'lucide-react';
import { faceClass } from '../../mask/classes';
import { cx } from '../../ui/cx';
import { toggleClass, usePainter } from './painterStore';

const LISTS = {
  hidden: { verb: 'Hide', On: EyeOff, Off: Eye },
  locked: { verb: 'Lock', On: Lock, Off: LockOpen },
} as const;

interface ClassSwitchProps {
  list: keyof typeof LISTS;
  classIndex: number;
  /** In a class's own row: small, and out of sight until it is on, under the mouse, or near the focus. */
  isInRow?: boolean;
}

/** Hides a class or protects it from being painted over. */
export function ClassSwitch({ list, classIndex, isInRow = false }: ClassSwitchProps) {
  const isOn = usePainter((state) => state[list].includes(classIndex));
  const { verb, On, Off } = LISTS[list];
  const Icon = isOn ? On : Off;
  const label = `${verb} ${faceClass(classIndex).label}`;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      className={cx(
        'items-center justify-center rounded-md transition-colors hover:bg-raised hover:text-ink',
        isInRow ? 'size-6' : 'inline-flex size-9 pointer-coarse:size-11',
        isInRow && (isOn ? 'inline-flex' : 'hidden group-focus-within:inline-flex group-hover:inline-flex'),
        isOn ? 'text-ink' : 'text-muted',
        isOn && !isInRow && 'bg-accent-soft',
      )}
      onClick={() => toggleClass(list, classIndex)}
    >
      <Icon size={isInRow ? 14 : 18} aria-hidden />
    </button>
  );
}
