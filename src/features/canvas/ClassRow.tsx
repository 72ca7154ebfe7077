import { EyeOff, Lock } from 'lucide-react';
import { FACE_CLASSES, type FaceClass } from '../../mask/classes';
import { formatShare } from '../../mask/stats';
import { cx } from '../../ui/cx';
import { ClassSwitch } from './ClassSwitch';
import { CLASS_DIGITS } from './painterActions';
import { setClass, usePainter } from './painterStore';
import { Swatch } from './Swatch';

const GIVE_WAY = '@[40rem]:pointer-fine:group-focus-within:invisible @[40rem]:pointer-fine:group-hover:invisible';

interface ClassRowProps {
  row: FaceClass;
  /** Of the radio group. */
  name: string;
  /** Of the mask's pixels, 0–1. */
  share: number;
}

/** A class to choose: a cell with its name below, or a row with its share, its key and, under the mouse or the focus, its switches. */
export function ClassRow({ row, name, share }: ClassRowProps) {
  const isChosen = usePainter((state) => state.classIndex === row.index);
  const isHidden = usePainter((state) => state.hidden.includes(row.index));
  const isLocked = usePainter((state) => state.locked.includes(row.index));
  return (
    <div
      className={cx(
        'group relative flex rounded-lg transition-colors @[40rem]:rounded-md',
        isChosen ? 'bg-accent-soft font-medium text-ink' : 'text-muted hover:bg-sunken hover:text-ink',
      )}
    >
      <label
        title={sideOf(row)}
        className={cx(
          'relative flex min-h-11 min-w-16 grow snap-start flex-col items-center justify-center gap-1 rounded-[inherit] px-1.5 py-1.5 text-[0.6875rem]',
          '@[40rem]:min-h-0 @[40rem]:min-w-0 @[40rem]:flex-row @[40rem]:justify-start @[40rem]:gap-2 @[40rem]:py-[0.1875rem] @[40rem]:text-[0.8125rem] @[40rem]:pointer-coarse:min-h-11',
          'has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent',
        )}
      >
        <input
          type="radio"
          name={name}
          aria-label={row.label}
          checked={isChosen}
          onChange={() => setClass(row.index)}
          className="absolute inset-0 m-0 cursor-pointer opacity-0"
        />
        <Swatch
          row={row}
          className={cx('size-6 @[40rem]:size-4', isChosen && 'ring-2 ring-accent ring-offset-1 ring-offset-surface')}
        />
        <span aria-hidden className="whitespace-nowrap @[40rem]:grow">
          {row.label}
        </span>
        <Facts
          row={row}
          share={share}
          className={isHidden || isLocked ? '@[40rem]:pointer-fine:invisible' : GIVE_WAY}
        />
      </label>
      <Marks isHidden={isHidden} isLocked={isLocked} />
      <div className="absolute inset-y-0 right-0.5 hidden items-center @[40rem]:pointer-fine:flex">
        <ClassSwitch list="hidden" classIndex={row.index} isInRow />
        <ClassSwitch list="locked" classIndex={row.index} isInRow />
      </div>
    </div>
  );
}

/** A class's share of the mask and the key that chooses it; the switches lie over them. */
function Facts({ row, share, className }: Pick<ClassRowProps, 'row' | 'share'> & { className: string }) {
  return (
    <>
      <span aria-hidden className={cx('hidden text-xs font-normal text-muted tabular-nums @[40rem]:inline', className)}>
        {formatShare(share)}
      </span>
      <kbd
        aria-hidden
        className={cx(
          'hidden w-5 text-right font-sans text-[0.625rem] font-normal text-muted @[40rem]:pointer-fine:inline',
          className,
        )}
      >
        {CLASS_DIGITS.get(row.index)}
      </kbd>
    </>
  );
}

/** Where there is no room for the switches: what they are set to. */
function Marks({ isHidden, isLocked }: { isHidden: boolean; isLocked: boolean }) {
  return (
    <span
      aria-hidden
      className="pointer-events-none absolute top-0.5 right-1 flex flex-col gap-0.5 text-ink @[40rem]:pointer-fine:hidden"
    >
      {isHidden && <EyeOff size={12} />}
      {isLocked && <Lock size={12} />}
    </span>
  );
}

/** Which side of the picture a sided class belongs to: the sides of a face that looks at us are easily mixed up. */
function sideOf({ label, index, mirror }: FaceClass): string | undefined {
  if (mirror === index) return undefined;
  const other = FACE_CLASSES[mirror]?.label.toLowerCase();
  return `${label}, the person’s own: in the picture’s ${index < mirror ? 'right' : 'left'} half. The ${other} is its mirror image.`;
}
