import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../ui/cx';
import { Disclosure } from '../../ui/Disclosure';

const ICON = 18;

interface MenuProps {
  /** The button's name. */
  label: string;
  Icon: LucideIcon;
  /** Shows that something inside is not as usual. */
  isActive?: boolean;
  /** Where the painter is wide enough for the label beside the icon; nowhere unless told. */
  labelClassName?: string;
  buttonClassName?: string;
  /** Of the card. */
  className?: string;
  children: ReactNode;
}

/** One of the painter's buttons with a card. */
export function Menu({
  label,
  Icon,
  isActive = false,
  labelClassName,
  buttonClassName,
  className,
  children,
}: MenuProps) {
  return (
    <Disclosure
      label={label}
      button={
        <>
          <Icon size={ICON} aria-hidden />
          <span className={cx('hidden', labelClassName)}>{label}</span>
        </>
      }
      buttonClassName={cx(
        'inline-flex h-9 min-w-9 items-center justify-center gap-1.5 rounded-lg px-2 text-[0.8125rem] font-medium transition-colors pointer-coarse:h-11 pointer-coarse:min-w-11',
        isActive ? 'bg-accent-soft text-ink' : 'text-muted hover:bg-sunken hover:text-ink',
        buttonClassName,
      )}
      className={className}
    >
      {children}
    </Disclosure>
  );
}

/** For the narrow half of a split button. */
export const NARROW_BUTTON = 'w-5 min-w-5 px-0 pointer-coarse:w-11 pointer-coarse:px-0';
