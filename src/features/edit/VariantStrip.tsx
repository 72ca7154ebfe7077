import { useModeName } from '../generate';
import { useAppState, useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { cx } from '../../ui/cx';
import { Panel } from '../../ui/Panel';

interface VariantStripProps {
  onStrengths: () => void;
  onModels: () => void;
  /** Whether an edit can be made now. */
  isReady: boolean;
  className?: string;
}

const PERCENT = 100;

/** Strips of edits to pick from: of eight strengths, or of each model alone and both together. */
export function VariantStrip({ onStrengths, onModels, isReady, className }: VariantStripProps) {
  const variants = useAppState((state) => state.variants);
  const hasModels = useAppState((state) => (state.pack?.collaborators.length ?? 0) > 1);
  return (
    <Panel
      title="Compare"
      className={className}
      aside={
        <div className="-mr-2 flex gap-1">
          <Button size="small" variant="ghost" disabled={!isReady} onClick={onStrengths}>
            Eight strengths
          </Button>
          {hasModels && (
            <Button size="small" variant="ghost" disabled={!isReady} onClick={onModels}>
              Side by side
            </Button>
          )}
        </div>
      }
    >
      {variants.length > 1 ? (
        <Variants />
      ) : (
        <p className="px-4 pb-4 text-[0.8125rem] text-muted">
          The same edit in eight strengths, or by mask and words alone and together, lines up here to pick from.
        </p>
      )}
    </Panel>
  );
}

function Variants() {
  const { edits } = useSession();
  const variants = useAppState((state) => state.variants);
  const chosen = useAppState((state) => state.variant);
  const nameOf = useModeName();
  const isByMode = new Set(variants.map(({ mode }) => mode)).size > 1;
  const labels = variants.map(({ strength, mode }) =>
    isByMode ? nameOf(mode) : `${Math.round(strength * PERCENT)} %`,
  );
  return (
    <ol aria-label="Edits" className="flex gap-2 overflow-x-auto px-4 pt-1 pb-3">
      {variants.map(({ url }, i) => (
        <li key={labels[i]} className="max-w-28 min-w-16 grow basis-0">
          <button
            type="button"
            aria-current={i === chosen}
            className="block w-full rounded-lg text-center text-xs text-muted tabular-nums"
            onClick={() => void edits.choose(i)}
          >
            <img
              src={url}
              alt=""
              className={cx(
                'mb-1 aspect-square w-full rounded-lg',
                i === chosen ? 'ring-2 ring-accent ring-offset-2 ring-offset-surface' : 'opacity-85 hover:opacity-100',
              )}
              draggable={false}
            />
            {labels[i]}
          </button>
        </li>
      ))}
    </ol>
  );
}
