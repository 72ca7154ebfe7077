import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx';

const BASE =
  'inline-flex select-none items-center justify-center gap-2 rounded-lg font-medium transition-colors disabled:opacity-45';

const VARIANTS = {
  primary: 'bg-accent text-on-accent enabled:hover:bg-accent-hover',
  secondary: 'border border-line bg-raised text-ink enabled:hover:border-line-strong',
  ghost: 'text-muted enabled:hover:bg-sunken enabled:hover:text-ink',
} as const;

/** Heights are at least 44 px where fingers are used (`pointer: coarse`). */
const SIZES = {
  small: 'h-8 px-2.5 text-xs pointer-coarse:h-11',
  medium: 'h-9 px-3.5 text-sm pointer-coarse:h-11',
  large: 'h-11 px-5 text-[0.9375rem]',
} as const;

interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof VARIANTS;
  size?: keyof typeof SIZES;
}

export function Button({ variant = 'secondary', size = 'medium', className, ...rest }: ButtonProps) {
  return <button type="button" className={cx(BASE, VARIANTS[variant], SIZES[size], className)} {...rest} />;
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** The accessible name, and the tooltip. */
  label: string;
  /** After the name in the tooltip: the key that does the same. */
  hint?: string | undefined;
  icon: ReactNode;
  /** On or off, for toggles. */
  pressed?: boolean;
  /** Where the tooltip's edge lines up with the button's, so that it stays on the page. */
  tooltipAlign?: 'start' | 'center' | 'end';
  tooltipSide?: 'below' | 'above';
}

const TOOLTIP_ALIGN = { start: 'left-0', center: 'left-1/2 -translate-x-1/2', end: 'right-0' } as const;

export function IconButton(props: IconButtonProps) {
  const { label, hint, icon, pressed, tooltipAlign = 'center', tooltipSide = 'below', className, ...rest } = props;
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      className={cx(
        'group/icon relative inline-flex size-9 items-center justify-center rounded-lg text-muted transition-colors pointer-coarse:size-11',
        'enabled:hover:bg-sunken enabled:hover:text-ink disabled:opacity-45',
        pressed === true && 'bg-accent-soft text-ink',
        className,
      )}
      {...rest}
    >
      {icon}
      <span
        aria-hidden
        className={cx(
          'pointer-events-none absolute z-20 rounded-md bg-ink px-2 py-1 text-xs font-normal whitespace-nowrap text-canvas opacity-0 transition-opacity delay-0',
          'group-hover/icon:opacity-100 group-hover/icon:delay-500 group-focus-visible/icon:opacity-100 pointer-coarse:hidden',
          TOOLTIP_ALIGN[tooltipAlign],
          tooltipSide === 'below' ? 'top-full mt-1.5' : 'bottom-full mb-1.5',
        )}
      >
        {label}
        {hint && <span className="ml-2 opacity-65">{hint}</span>}
      </span>
    </button>
  );
}
