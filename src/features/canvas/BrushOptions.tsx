import { SquareAxisDashedVertical } from 'lucide-react';
import { useId } from 'react';
import { IconButton } from '../../ui/Button';
import {
  brushSizeOf,
  MAX_BRUSH,
  MIN_BRUSH,
  setBrushSize,
  setOpacity,
  toggleSymmetry,
  usePainter,
} from './painterStore';

const PERCENT = 100;

/** How the brush paints, and how much of the mask shows. */
export function BrushOptions() {
  const size = usePainter(brushSizeOf);
  const opacity = usePainter((state) => state.opacity);
  const symmetry = usePainter((state) => state.symmetry);
  return (
    <div className="flex min-w-0 grow items-center gap-4">
      <Range
        label="Brush size"
        value={size}
        min={MIN_BRUSH}
        max={MAX_BRUSH}
        shown={`${size} px`}
        onChange={setBrushSize}
      />
      <Range
        label="Mask opacity"
        value={Math.round(opacity * PERCENT)}
        min={0}
        max={PERCENT}
        shown={`${Math.round(opacity * PERCENT)} %`}
        onChange={(value) => setOpacity(value / PERCENT)}
      />
      <IconButton
        label="Paint both sides"
        pressed={symmetry}
        tooltipAlign="end"
        icon={<SquareAxisDashedVertical size={18} aria-hidden />}
        onClick={toggleSymmetry}
      />
    </div>
  );
}

interface RangeProps {
  label: string;
  value: number;
  min: number;
  max: number;
  /** The value with its unit. */
  shown: string;
  onChange: (value: number) => void;
}

function Range({ label, value, min, max, shown, onChange }: RangeProps) {
  const id = useId();
  return (
    <div className="grid min-w-0 grow basis-0 grid-cols-[1fr_auto] items-baseline gap-x-2 @[40rem]:max-w-48">
      <label htmlFor={id} className="truncate text-xs font-medium text-muted">
        {label}
      </label>
      <output htmlFor={id} className="text-xs text-muted tabular-nums">
        {shown}
      </output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        value={value}
        aria-valuetext={shown}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        className="col-span-2 h-5 w-full min-w-0 cursor-pointer accent-accent pointer-coarse:h-11"
      />
    </div>
  );
}
