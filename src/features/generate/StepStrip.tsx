import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { StepFrame } from '../../diffusion/shared/types';
import { shownStep } from '../../state/selectors';
import { useAppState, useSession } from '../../state/session';
import { BitmapCanvas } from '../../ui/BitmapCanvas';
import { cx } from '../../ui/cx';
import { Panel } from '../../ui/Panel';

/** Every step's preview in a row; choosing one shows its picture and its influence maps. */
export function StepStrip({ className }: { className?: string }) {
  const { frames } = useSession();
  const last = useAppState((state) => state.lastStep);
  const total = useAppState((state) => state.recipe?.steps ?? 0);
  const shown = useAppState(shownStep);
  const selectStep = useAppState((state) => state.selectStep);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => keepInSight(list.current, shown), [shown]);

  const move = (event: KeyboardEvent) => {
    const target = stepForKey(event.key, shown, last);
    if (target === null) return;
    event.preventDefault();
    selectStep(target);
    buttonOf(list.current, target)?.focus({ preventScroll: true });
  };
  return (
    <Panel
      title="Steps"
      className={className}
      aside={
        last > 0 && (
          <span className="text-xs text-muted tabular-nums">
            {shown} of {total}
          </span>
        )
      }
    >
      {last === 0 ? (
        <p className="px-4 pb-4 text-[0.8125rem] text-muted">
          Each step’s picture lines up here, to go back and forth in.
        </p>
      ) : (
        <ol
          ref={list}
          aria-label="Steps strip"
          className="flex gap-1.5 overflow-x-auto scroll-smooth px-4 pt-1 pb-3"
          onKeyDown={move}
        >
          {frames.all.map((frame) => (
            <StepItem key={frame.step} frame={frame} isShown={frame.step === shown} onChoose={selectStep} />
          ))}
          {Array.from({ length: total - last }, (_, i) => (
            <li key={last + i + 1} aria-hidden className="size-14 shrink-0 rounded-lg bg-sunken" />
          ))}
        </ol>
      )}
    </Panel>
  );
}

interface StepItemProps {
  frame: StepFrame;
  isShown: boolean;
  onChoose: (step: number) => void;
}

function StepItem({ frame, isShown, onChoose }: StepItemProps) {
  return (
    <li className="shrink-0">
      <button
        type="button"
        data-step={frame.step}
        aria-label={`Step ${frame.step} of ${frame.total}`}
        aria-current={isShown ? 'step' : undefined}
        tabIndex={isShown ? 0 : -1}
        className="block rounded-lg"
        onClick={() => onChoose(frame.step)}
      >
        <BitmapCanvas
          source={frame.preview}
          className={cx(
            'block size-14 rounded-lg transition-shadow',
            isShown ? 'ring-2 ring-accent ring-offset-2 ring-offset-surface' : 'opacity-80 hover:opacity-100',
          )}
        />
      </button>
    </li>
  );
}

function stepForKey(key: string, shown: number, last: number): number | null {
  const targets: Record<string, number> = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 1, End: last };
  const target = targets[key];
  return target === undefined ? null : Math.min(last, Math.max(1, target));
}

const buttonOf = (list: HTMLElement | null, step: number) =>
  list?.querySelector<HTMLButtonElement>(`[data-step="${step}"]`) ?? null;

/** Scrolls the strip alone, never the page. */
function keepInSight(list: HTMLElement | null, step: number): void {
  const button = buttonOf(list, step);
  if (!list || !button) return;
  list.scrollLeft = button.offsetLeft - list.offsetLeft - (list.clientWidth - button.offsetWidth) / 2;
}
