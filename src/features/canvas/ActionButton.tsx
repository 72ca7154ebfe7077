import type { LucideIcon } from 'lucide-react';
import type { Action } from '../../lib/actions';
import { IS_MAC, printHotkey } from '../../lib/hotkeys';
import { IconButton } from '../../ui/Button';

const ICON = 18;

interface ActionIconProps {
  action: Action;
  Icon: LucideIcon;
  pressed?: boolean;
  /** Pixels. */
  size?: number;
  tooltipAlign?: 'start' | 'center' | 'end';
  tooltipSide?: 'below' | 'above';
}

/** An action as an icon. Whoever shows it draws again when its being enabled may have changed. */
export function ActionIcon({ action, Icon, size = ICON, ...rest }: ActionIconProps) {
  return (
    <IconButton
      label={action.label}
      hint={keysOf(action)}
      icon={<Icon size={size} aria-hidden />}
      disabled={!action.isEnabled()}
      onClick={() => action.perform()}
      {...rest}
    />
  );
}

/** An action as a line of a card. */
export function ActionLine({ action, Icon }: { action: Action; Icon: LucideIcon }) {
  return (
    <button
      type="button"
      className="flex min-h-8 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-sunken disabled:opacity-45 pointer-coarse:min-h-11"
      disabled={!action.isEnabled()}
      onClick={() => action.perform()}
    >
      <Icon size={16} aria-hidden className="shrink-0 text-muted" />
      {action.label}
    </button>
  );
}

function keysOf({ hotkeys: [first] }: Action): string | undefined {
  return first && printHotkey(first, IS_MAC);
}
