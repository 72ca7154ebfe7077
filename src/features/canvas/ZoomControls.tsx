import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import type { Zoom } from '../../stage/maskStage';
import { cx } from '../../ui/cx';
import { ActionIcon } from './ActionButton';
import { PAINTER } from './painterActions';

const ICON = 16;
const PERCENT = 100;

/** Also the way to zoom for people who cannot pinch or turn a wheel. On a narrow canvas it covers no more of the mask than it must. */
export function ZoomControls({ zoom }: { zoom: Zoom }) {
  return (
    <div className="absolute right-2 bottom-2 flex items-center rounded-lg border border-line bg-raised/90 shadow-card">
      <div className={cx('flex items-center', zoom.isFitted && '@max-[40rem]:hidden')}>
        <ActionIcon action={PAINTER.fit} Icon={Maximize} size={ICON} tooltipSide="above" />
        <ActionIcon action={PAINTER.zoomOut} Icon={ZoomOut} size={ICON} tooltipSide="above" />
        <output aria-label="Zoom" className="w-11 text-center text-xs text-muted tabular-nums">
          {Math.round(zoom.scale * PERCENT)} %
        </output>
      </div>
      <ActionIcon action={PAINTER.zoomIn} Icon={ZoomIn} size={ICON} tooltipSide="above" tooltipAlign="end" />
    </div>
  );
}
