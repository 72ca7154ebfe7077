import {
  AlignHorizontalJustifyCenter,
  ArrowLeft,
  ArrowRight,
  CaretsToAxisDashedVertical,
  ChevronDown,
} from 'lucide-react';
import { MASK_SIZE } from '../../mask/classMask';
import { Slider } from '../../ui/Slider';
import { ActionLine } from './ActionButton';
import { Menu, NARROW_BUTTON } from './Menu';
import { PAINTER } from './painterActions';
import { setAxis, usePainter } from './painterStore';

/** Where the mirror stands, and mirroring of what is painted already. */
export function MirrorMenu() {
  const axis = usePainter((state) => state.axis);
  return (
    <Menu label="Mirror" Icon={ChevronDown} buttonClassName={NARROW_BUTTON}>
      <Slider
        label="Mirror axis"
        className="px-2"
        value={axis}
        min={0}
        max={MASK_SIZE}
        step={0.5}
        shown={`${axis} px`}
        onChange={setAxis}
      />
      <ActionLine action={PAINTER.fitAxis} Icon={AlignHorizontalJustifyCenter} />
      <p className="mt-2 mb-1 border-t border-line px-2 pt-2.5 text-xs text-muted">
        What is painted already, as you see it:
      </p>
      <ActionLine action={PAINTER.mirrorLeft} Icon={ArrowRight} />
      <ActionLine action={PAINTER.mirrorRight} Icon={ArrowLeft} />
      <ActionLine action={PAINTER.flip} Icon={CaretsToAxisDashedVertical} />
    </Menu>
  );
}
