import { useId } from 'react';
import { CLASS_GROUPS, FACE_CLASSES, type FaceClass } from '../../mask/classes';
import { formatShare } from '../../mask/stats';
import { cx } from '../../ui/cx';
import { setClass, usePainter } from './painterStore';
import { useClassShares } from './useMaskDocument';

/** All 19 classes in groups: a column beside the canvas, or a row that scrolls sideways under it. */
export function ClassPalette() {
  const shares = useClassShares();
  const chosen = usePainter((state) => state.classIndex);
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label="Classes"
      className="flex min-w-0 snap-x gap-3 overflow-x-auto overscroll-x-contain px-3 py-1 @[40rem]:h-full @[40rem]:flex-col @[40rem]:gap-2.5 @[40rem]:overflow-y-auto @[40rem]:px-2 @[40rem]:py-2"
    >
      {CLASS_GROUPS.map((group) => (
        <fieldset key={group.name} className="shrink-0">
          <legend className="px-1.5 pb-0.5 text-[0.6875rem] font-medium whitespace-nowrap text-muted">
            {group.name}
          </legend>
          <div className="flex gap-1 @[40rem]:flex-col @[40rem]:gap-0">
            {group.classes.map((row) => (
              <ClassChoice
                key={row.key}
                row={row}
                name={name}
                share={shares[row.index] ?? 0}
                isChosen={row.index === chosen}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

interface ClassChoiceProps {
  row: FaceClass;
  /** Of the radio group. */
  name: string;
  share: number;
  isChosen: boolean;
}

function ClassChoice({ row, name, share, isChosen }: ClassChoiceProps) {
  return (
    <label
      title={sideOf(row)}
      className={cx(
        'relative flex min-h-11 min-w-16 snap-start flex-col items-center justify-center gap-1 rounded-lg px-1.5 py-1.5 text-[0.6875rem] transition-colors',
        '@[40rem]:min-h-0 @[40rem]:min-w-0 @[40rem]:flex-row @[40rem]:justify-start @[40rem]:gap-2 @[40rem]:rounded-md @[40rem]:py-[0.1875rem] @[40rem]:text-[0.8125rem] @[40rem]:pointer-coarse:min-h-11',
        'has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent',
        isChosen ? 'bg-accent-soft font-medium text-ink' : 'text-muted hover:bg-sunken hover:text-ink',
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
      <span
        aria-hidden
        className={cx(
          'size-6 shrink-0 rounded-full border border-black/15 @[40rem]:size-4 dark:border-white/20',
          isChosen && 'ring-2 ring-accent ring-offset-1 ring-offset-surface',
        )}
        style={{ backgroundColor: row.displayColour }}
      />
      <span aria-hidden className="whitespace-nowrap @[40rem]:grow">
        {row.label}
      </span>
      <span aria-hidden className="hidden text-xs text-muted tabular-nums @[40rem]:inline">
        {formatShare(share)}
      </span>
    </label>
  );
}

/** Which side of the picture a sided class belongs to: the sides of a face that looks at us are easily mixed up. */
function sideOf({ label, index, mirror }: FaceClass): string | undefined {
  if (mirror === index) return undefined;
  const other = FACE_CLASSES[mirror]?.label.toLowerCase();
  return `${label}, the person’s own: in the picture’s ${index < mirror ? 'right' : 'left'} half. The ${other} is its mirror image.`;
}
