import { Slider } from '../../ui/Slider';
import { opacityOf, setOpacity, usePainter } from './painterStore';

const PERCENT = 100;

/** How much of the mask shows over what lies underneath. */
export function OpacitySlider({ className }: { className?: string }) {
  const percent = Math.round(usePainter(opacityOf) * PERCENT);
  return (
    <Slider
      label="Opacity"
      value={percent}
      min={0}
      max={PERCENT}
      shown={`${percent} %`}
      className={className}
      onChange={(value) => setOpacity(value / PERCENT)}
    />
  );
}
