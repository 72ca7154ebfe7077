import type { FaceClass } from '../../mask/classes';
import { cx } from '../../ui/cx';

/** A class's colour on the screen. */
export function Swatch({ row, className }: { row: FaceClass; className: string }) {
  return (
    <span
      aria-hidden
      className={cx('shrink-0 rounded-full border border-black/15 dark:border-white/20', className)}
      style={{ backgroundColor: row.displayColour }}
    />
  );
}
