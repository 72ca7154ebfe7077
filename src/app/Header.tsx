import { CircleHelp, Monitor, Moon, Sun } from 'lucide-react';
import { DeviceBadge } from '../features/packs';
import type { Action } from '../lib/actions';
import { useAppState } from '../state/session';
import type { Theme } from '../state/settingsSlice';
import type { View } from '../state/viewSlice';
import { IconButton } from '../ui/Button';
import { cx } from '../ui/cx';

interface HeaderProps {
  help: Action;
  theme: Action;
}

export function Header({ help, theme }: HeaderProps) {
  return (
    <header className="flex h-14 items-center gap-3 px-4 lg:px-5">
      <Mark />
      <h1 className="text-[0.9375rem] font-semibold tracking-tight max-sm:sr-only">Collaborative Diffusion</h1>
      <Views />
      <div className="ml-auto flex items-center gap-1">
        <DeviceBadge />
        <ThemeButton action={theme} />
        <IconButton
          label={help.label}
          hint={help.hotkeys[0]}
          icon={<CircleHelp size={18} />}
          tooltipAlign="end"
          onClick={() => help.perform()}
        />
      </div>
    </header>
  );
}

const VIEWS: readonly { view: View; label: string }[] = [
  { view: 'create', label: 'Create' },
  { view: 'edit', label: 'Edit' },
];

/** Links, so that the back button goes from one to the other. */
function Views() {
  const current = useAppState((state) => state.view);
  return (
    <nav aria-label="Views" className="ml-2 flex gap-0.5 rounded-lg bg-sunken p-0.5 max-sm:ml-0">
      {VIEWS.map(({ view, label }) => (
        <a
          key={view}
          href={`#${view}`}
          aria-current={view === current ? 'page' : undefined}
          className={cx(
            'flex h-8 items-center rounded-md px-3 text-[0.8125rem] transition-colors pointer-coarse:h-11',
            view === current ? 'bg-raised font-medium text-ink shadow-sm' : 'text-muted hover:text-ink',
          )}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}

/** Two overlapping discs: two models, one face. */
function Mark() {
  return (
    <svg viewBox="0 0 32 32" className="size-7 shrink-0" aria-hidden>
      <circle cx="12" cy="16" r="9" fill="#31688e" />
      <circle cx="20" cy="16" r="9" fill="#35b779" fillOpacity="0.85" />
      <path d="M16 7.94a9 9 0 0 1 0 16.12 9 9 0 0 1 0-16.12z" fill="#fde725" />
    </svg>
  );
}

const THEMES: Record<Theme, { label: string; icon: typeof Sun }> = {
  system: { label: 'Theme: as the system', icon: Monitor },
  light: { label: 'Theme: light', icon: Sun },
  dark: { label: 'Theme: dark', icon: Moon },
};

function ThemeButton({ action }: { action: Action }) {
  const { label, icon: Icon } = THEMES[useAppState((state) => state.theme)];
  return <IconButton label={label} icon={<Icon size={18} />} onClick={() => action.perform()} />;
}
