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
    <div className="flex min-h-11 min-w-0 flex-wrap items-center gap-x-2 @[40rem]:flex-nowrap @[40rem]:gap-x-3">
      {(tool === 'brush' || tool === 'eraser') && <BrushSize />}
      {tool === 'eraser' && <EraseTo />}
      {tool === 'fill' && <FillRules />}
      {HINTS[tool] && <p className="min-w-0 grow basis-0 text-xs leading-snug text-muted">{HINTS[tool]}</p>}
      <OpacitySlider className="hidden w-28 @[40rem]:ml-auto @[40rem]:grid" />
      <div className="flex shrink-0 items-center @[40rem]:gap-0.5">
        <ActionIcon action={PAINTER.symmetry} Icon={MirrorIcon} pressed={symmetry} tooltipAlign="end" />
        <MirrorMenu />
        <RulesMenu />
        <ViewMenu />
      </div>
    </div>
  );
}

/** On narrow screens a tool's second option goes to a line of its own. */
const SECOND = 'order-last basis-full pb-1 @[40rem]:order-none @[40rem]:basis-auto @[40rem]:pb-0';

function BrushSize() {
  const size = usePainter(brushSizeOf);
  return (
    <Slider
      label="Brush size"
      value={size}
      min={MIN_BRUSH}
      max={MAX_BRUSH}
      shown={`${size} px`}
      className="shrink-0 grow basis-28 @[40rem]:max-w-48"
      onChange={setBrushSize}
    />
  );
}

function EraseTo() {
  const eraseTo = usePainter((state) => state.eraseTo);
  return (
    <div className={SECOND}>
      <Segmented
        label="Erase to"
        hideLabel
        options={[
          { value: 'background', label: 'To background' },
          { value: 'original', label: 'To original' },
        ]}
        value={eraseTo}
        onChange={(value) => setPainter({ eraseTo: value })}
      />
    </div>
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
        className="shrink-0 grow basis-28 @[40rem]:max-w-40"
        onChange={(value) => setFill({ closeGaps: value })}
      />
      <div className={SECOND}>
        <Check
          label="Diagonals too"
          checked={connectivity === 8}
          onChange={(checked) => setFill({ connectivity: checked ? 8 : 4 })}
        />
      </div>
    </>
  );
}
