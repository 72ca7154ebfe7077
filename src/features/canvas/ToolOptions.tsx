import { SquareAxisDashedVertical as MirrorIcon } from 'lucide-react';
import type { ToolId } from '../../stage/tools/tool';
import { Check } from '../../ui/Check';
import { Segmented } from '../../ui/Segmented';
import { Slider } from '../../ui/Slider';
import { ActionIcon } from './ActionButton';
import { MirrorMenu } from './MirrorMenu';
import { OpacitySlider } from './OpacitySlider';
import { PAINTER } from './painterActions';
import { MAX_BRUSH, MAX_GAP, MIN_BRUSH } from './painterPreferences';
import { brushSizeOf, setBrushSize, setFill, setPainter, usePainter } from './painterStore';
import { RulesMenu } from './RulesMenu';
import { ViewMenu } from './ViewMenu';

const HINTS: Partial<Record<ToolId, string>> = {
  lasso: 'Draw around an area. It is filled when you let go.',
  polygon: 'Press for corners; the first one again, or Enter, closes.',
  ellipse: 'Drag a box. Shift makes a circle.',
  pick: 'Press a place to take its class.',
  pan: 'Drag to move the view; wheel or two fingers zoom.',
};

/** What the tool in the hand needs, then what counts for all tools. */
export function ToolOptions() {
  const tool = usePainter((state) => state.tool);
  const symmetry = usePainter((state) => state.symmetry);
  return (
    <div className="flex min-h-11 min-w-0 items-center gap-x-2 @[40rem]:gap-x-3">
      <div className="flex min-w-0 grow flex-wrap items-center gap-x-3 @[40rem]:flex-nowrap">
        {(tool === 'brush' || tool === 'eraser') && <BrushSize />}
        {tool === 'eraser' && <EraseTo />}
        {tool === 'fill' && <FillRules />}
        {HINTS[tool] && <p className="text-xs leading-snug text-muted">{HINTS[tool]}</p>}
      </div>
      <OpacitySlider className="hidden w-28 shrink-[2] @[40rem]:grid" />
      <div className="flex shrink-0 items-center self-start @[40rem]:self-auto">
        <ActionIcon action={PAINTER.symmetry} Icon={MirrorIcon} pressed={symmetry} tooltipAlign="end" />
        <MirrorMenu />
        <RulesMenu />
        <ViewMenu />
      </div>
    </div>
  );
}

function BrushSize() {
  const size = usePainter(brushSizeOf);
  return (
    <Slider
      label="Brush size"
      value={size}
      min={MIN_BRUSH}
      max={MAX_BRUSH}
      shown={`${size} px`}
      className="min-w-24 grow basis-24 @[40rem]:max-w-48"
      onChange={setBrushSize}
    />
  );
}

function EraseTo() {
  const eraseTo = usePainter((state) => state.eraseTo);
  return (
    <Segmented
      label="Erase to"
      inline
      options={[
        { value: 'background', label: 'Background' },
        { value: 'original', label: 'Original mask' },
      ]}
      value={eraseTo}
      onChange={(value) => setPainter({ eraseTo: value })}
    />
  );
}

function FillRules() {
  const { connectivity, closeGaps } = usePainter((state) => state.fill);
  return (
    <>
      <Slider
        label="Close gaps"
        value={closeGaps}
        min={0}
        max={MAX_GAP}
        shown={closeGaps === 0 ? 'off' : `${closeGaps} px`}
        className="min-w-24 grow basis-24 @[40rem]:max-w-40"
        onChange={(value) => setFill({ closeGaps: value })}
      />
      <Check
        label="Diagonals too"
        checked={connectivity === 8}
        onChange={(checked) => setFill({ connectivity: checked ? 8 : 4 })}
      />
    </>
  );
}
