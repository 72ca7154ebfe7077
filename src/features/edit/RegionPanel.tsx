import { Eraser } from 'lucide-react';
import { useState } from 'react';
import type { RegionMode } from '../../state/editSlice';
import { isBusy } from '../../state/selectors';
import { useAppState, useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Segmented } from '../../ui/Segmented';
import { cx } from '../../ui/cx';
import { Slider } from '../../ui/Slider';
import { RegionCanvas } from './RegionCanvas';

const MODES: readonly { value: RegionMode; label: string }[] = [
  { value: 'auto', label: 'Automatic' },
  { value: 'whole', label: 'Whole head' },
  { value: 'painted', label: 'Painted' },
];

const HINTS: Record<RegionMode, string> = {
  auto: 'Where the mask was repainted, and the parts that the changed words are about.',
  whole: 'All of the head: for age, or a new face.',
  painted: 'Paint on the picture where something may change.',
};

/** Brush diameters as shares of the face's side, in percent. */
const MIN_BRUSH = 2;
const MAX_BRUSH = 40;
const FIRST_BRUSH = 12;

/** Where the edit may change something; outside, the photo stays as it is. */
export function RegionPanel({ className }: { className?: string }) {
  const mode = useAppState((state) => state.regionMode);
  const set = useAppState((state) => state.setEdit);
  const busy = useAppState(isBusy);
  const [brush, setBrush] = useState(FIRST_BRUSH);
  const [isErasing, setIsErasing] = useState(false);
  return (
    <Panel title="What may change" className={className}>
      <div className="flex flex-col gap-3 px-4 pb-4">
        <Segmented
          label="Region"
          hideLabel
          options={MODES}
          value={mode}
          disabled={busy}
          onChange={(regionMode) => set({ regionMode })}
        />
        <div className={cx('flex gap-3', mode === 'painted' && 'flex-col items-center')}>
          <RegionCanvas brush={brush / 100} isErasing={isErasing} />
          <div className={cx('flex min-w-0 grow flex-col gap-2', mode === 'painted' && 'w-full')}>
            <p className="text-xs leading-relaxed text-muted">{HINTS[mode]}</p>
            {mode === 'painted' && (
              <>
                <Slider
                  label="Region brush"
                  value={brush}
                  min={MIN_BRUSH}
                  max={MAX_BRUSH}
                  shown={`${brush} %`}
                  onChange={setBrush}
                />
                <RegionActions isErasing={isErasing} onErase={setIsErasing} />
              </>
            )}
          </div>
        </div>
      </div>
    </Panel>
  );
}

function RegionActions({ isErasing, onErase }: { isErasing: boolean; onErase: (isErasing: boolean) => void }) {
  const { edits, bench } = useSession();
  const size = bench.face?.size ?? 0;
  const clear = () => {
    edits.setPainted(new Uint8Array(size * size));
    edits.keepPainted();
  };
  return (
    <div className="flex flex-wrap gap-1.5">
      <Button size="small" aria-pressed={isErasing} onClick={() => onErase(!isErasing)}>
        <Eraser size={14} aria-hidden />
        {isErasing ? 'Erasing' : 'Erase'}
      </Button>
      <Button size="small" variant="ghost" onClick={clear}>
        Clear
      </Button>
    </div>
  );
}
