import { CircleDashed, Eraser, Spline, WandSparkles } from 'lucide-react';
import { faceClass } from '../../mask/classes';
import { Slider } from '../../ui/Slider';
import { ActionLine } from './ActionButton';
import { Menu } from './Menu';
import { PAINTER } from './painterActions';
import { MAX_SPECK, MIN_SPECK } from './painterPreferences';
import { setPainter, usePainter } from './painterStore';

/** Repairs of the chosen class, within the paint rules. */
export function CleanUpMenu() {
  const name = faceClass(usePainter((state) => state.classIndex)).label;
  const speckSize = usePainter((state) => state.speckSize);
  return (
    <Menu label="Clean up" Icon={WandSparkles} labelClassName="@[40rem]:inline" buttonClassName="@[40rem]:w-full">
      <p className="mb-1 px-2 text-xs text-muted">All of “{name}” at once:</p>
      <ActionLine action={PAINTER.smooth} Icon={Spline} />
      <ActionLine action={PAINTER.holes} Icon={CircleDashed} />
      <ActionLine action={PAINTER.specks} Icon={Eraser} />
      <Slider
        label="Specks up to"
        value={speckSize}
        min={MIN_SPECK}
        max={MAX_SPECK}
        step={4}
        shown={`${speckSize} pixels`}
        className="mt-1 px-2"
        onChange={(value) => setPainter({ speckSize: value })}
      />
    </Menu>
  );
}
