import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import type { MaskStage } from '../../stage/maskStage';
import { IconButton } from '../../ui/Button';
import { BrushOptions } from './BrushOptions';
import { ClassPalette } from './ClassPalette';
import { handleHistoryKey } from './keys';
import { MaskActions } from './MaskActions';
import { MaskCanvas } from './MaskCanvas';
import { importMaskFile } from './maskFiles';
import { NoticeBar } from './NoticeBar';
import { startPersistence } from './persistence';
import type { Sample } from './samples';
import { ToolRail } from './ToolRail';

const ZOOM_STEP = 1.25;

interface MaskPainterProps {
  /** A picture under the mask, such as the last result. The caller keeps owning it. */
  underlay?: CanvasImageSource | null;
  /** A sample was chosen; its description may be offered. */
  onSample?: (sample: Sample) => void;
}

/** The mask painter. It fills its container, whose width decides between the wide and the narrow layout. */
export function MaskPainter({ underlay = null, onSample }: MaskPainterProps) {
  const stage = useRef<MaskStage>(null);
  const [scale, setScale] = useState(1);
  const onZoom = useCallback((value: number) => setScale(value), []);
  useEffect(() => {
    void startPersistence();
  }, []);
  return (
    <section
      aria-label="Mask painter"
      className="@container flex size-full min-h-0 min-w-0 flex-col"
      onKeyDown={onHistoryKey}
      onPaste={(event) => importFrom(event, event.clipboardData)}
      onDrop={(event) => importFrom(event, event.dataTransfer)}
      onDragOver={(event) => event.preventDefault()}
    >
      <div className="flex min-h-0 grow flex-col gap-2 @2xl:grid @2xl:grid-cols-[auto_minmax(0,1fr)_12.5rem] @2xl:grid-rows-[auto_minmax(0,1fr)] @2xl:gap-0">
        <div className="contents @2xl:col-span-3 @2xl:flex @2xl:items-center @2xl:justify-between @2xl:gap-4 @2xl:border-b @2xl:border-line @2xl:px-3 @2xl:py-1.5">
          <div className="order-4 px-3 @2xl:order-none @2xl:grow @2xl:px-0">
            <BrushOptions />
          </div>
          <div className="order-1 flex justify-center @2xl:order-none">
            <MaskActions onSample={onSample} />
          </div>
        </div>
        <div className="order-3 flex justify-center @2xl:order-none @2xl:border-r @2xl:border-line @2xl:p-1.5">
          <ToolRail />
        </div>
        <div className="relative order-2 min-h-72 grow bg-sunken @max-2xl:aspect-square @2xl:order-none @2xl:min-h-0">
          <MaskCanvas stageRef={stage} underlay={underlay} onZoom={onZoom} />
          <NoticeBar />
          <ZoomControls scale={scale} stage={stage} />
        </div>
        <div className="order-5 min-h-0 min-w-0 pb-2 @2xl:order-none @2xl:border-l @2xl:border-line @2xl:pb-0">
          <ClassPalette />
        </div>
      </div>
    </section>
  );
}

function ZoomControls({ scale, stage }: { scale: number; stage: RefObject<MaskStage | null> }) {
  return (
    <div className="absolute right-2 bottom-2 flex items-center rounded-lg border border-line bg-raised/90 shadow-card">
      <IconButton
        label="Zoom out"
        icon={<ZoomOut size={16} aria-hidden />}
        onClick={() => stage.current?.zoom(1 / ZOOM_STEP)}
      />
      <output aria-label="Zoom" className="w-11 text-center text-xs text-muted tabular-nums">
        {Math.round(scale * 100)} %
      </output>
      <IconButton
        label="Zoom in"
        icon={<ZoomIn size={16} aria-hidden />}
        onClick={() => stage.current?.zoom(ZOOM_STEP)}
      />
      <IconButton
        label="Fit to view"
        tooltipAlign="end"
        icon={<Maximize size={16} aria-hidden />}
        onClick={() => stage.current?.fit()}
      />
    </div>
  );
}

function onHistoryKey(event: KeyboardEvent): void {
  if (handleHistoryKey(event.nativeEvent)) event.preventDefault();
}

/** A picture that was dropped or pasted anywhere on the painter is taken for a mask file. */
function importFrom(event: ClipboardEvent | DragEvent, data: DataTransfer): void {
  const file = data.files[0];
  if (!file) return;
  event.preventDefault();
  void importMaskFile(file);
}
