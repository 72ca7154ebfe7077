import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { MaskStage, Zoom } from '../../stage/maskStage';
import { IconButton } from '../../ui/Button';
import { cx } from '../../ui/cx';
import { BrushOptions } from './BrushOptions';
import { ClassPalette } from './ClassPalette';
import { handleHistoryKey } from './keys';
import { MaskActions } from './MaskActions';
import { MaskCanvas } from './MaskCanvas';
import { importMaskFile } from './maskFiles';
import { NoticeBar } from './NoticeBar';
import { startPersistence } from './persistence';
import { ToolRail } from './ToolRail';

const ZOOM_STEP = 1.25;

/** The mask painter. It fills its container, whose width decides between the wide and the narrow layout. */
export function MaskPainter() {
  const root = useRef<HTMLElement>(null);
  const stage = useRef<MaskStage>(null);
  const [zoom, setZoom] = useState<Zoom>({ scale: 1, isFitted: true });
  useEffect(() => {
    void startPersistence();
  }, []);
  useEffect(() => (root.current ? listenToPainter(root.current) : undefined), []);
  return (
    <section
      ref={root}
      aria-label="Mask painter"
      className="@container flex size-full min-h-0 min-w-0 flex-col overflow-clip rounded-[inherit]"
    >
      <div className="flex min-h-0 grow flex-col gap-2 @[40rem]:grid @[40rem]:grid-cols-[auto_minmax(0,1fr)_10.75rem] @[40rem]:grid-rows-[auto_minmax(0,1fr)] @[40rem]:gap-0">
        <div className="contents @[40rem]:col-span-3 @[40rem]:flex @[40rem]:items-center @[40rem]:justify-between @[40rem]:gap-4 @[40rem]:border-b @[40rem]:border-line @[40rem]:px-3 @[40rem]:py-1.5">
          <div className="order-5 shrink-0 px-3 pb-2 @[40rem]:order-none @[40rem]:min-w-0 @[40rem]:shrink @[40rem]:grow @[40rem]:p-0">
            <BrushOptions />
          </div>
          <div className="order-1 flex shrink-0 justify-center @[40rem]:order-none">
            <MaskActions />
          </div>
        </div>
        <div className="order-3 flex shrink-0 justify-center @[40rem]:order-none @[40rem]:border-r @[40rem]:border-line @[40rem]:p-1">
          <ToolRail />
        </div>
        <div className="relative order-2 min-h-72 grow overflow-clip bg-sunken @max-[40rem]:aspect-square @[40rem]:order-none @[40rem]:min-h-0">
          <MaskCanvas stageRef={stage} onZoom={setZoom} />
          <NoticeBar />
          <ZoomControls zoom={zoom} stage={stage} />
        </div>
        <div className="order-4 min-w-0 shrink-0 @[40rem]:order-none @[40rem]:min-h-0 @[40rem]:border-l @[40rem]:border-line">
          <ClassPalette />
        </div>
      </div>
    </section>
  );
}

/** Undo keys, and files dropped or pasted, anywhere in the painter. @returns the function that ends it */
function listenToPainter(root: HTMLElement): () => void {
  const control = new AbortController();
  const { signal } = control;
  root.addEventListener('keydown', (event) => handleHistoryKey(event) && event.preventDefault(), { signal });
  root.addEventListener('paste', (event) => importFrom(event, event.clipboardData), { signal });
  root.addEventListener('drop', (event) => importFrom(event, event.dataTransfer), { signal });
  // Without this the browser would open the file instead.
  root.addEventListener('dragover', (event) => event.preventDefault(), { signal });
  return () => control.abort();
}

/** A file that was dropped or pasted is taken for a mask; text on its way to somewhere else is let through. */
function importFrom(event: Event, data: DataTransfer | null): void {
  const file = data?.files[0];
  if (!file) return;
  event.preventDefault();
  void importMaskFile(file);
}

/**
 * Also the way to zoom for people who cannot pinch or turn a wheel. On a narrow canvas it covers no more of the mask than it must.
 * The titles are there because the buttons' own tooltips would fall off the canvas.
 */
function ZoomControls({ zoom, stage }: { zoom: Zoom; stage: RefObject<MaskStage | null> }) {
  return (
    <div className="absolute right-2 bottom-2 flex items-center rounded-lg border border-line bg-raised/90 shadow-card">
      <div className={cx('flex items-center', zoom.isFitted && '@max-[40rem]:hidden')}>
        <IconButton
          label="Fit to view"
          title="Fit to view"
          icon={<Maximize size={16} aria-hidden />}
          onClick={() => stage.current?.fit()}
        />
        <IconButton
          label="Zoom out"
          title="Zoom out"
          icon={<ZoomOut size={16} aria-hidden />}
          onClick={() => stage.current?.zoom(1 / ZOOM_STEP)}
        />
        <output aria-label="Zoom" className="w-11 text-center text-xs text-muted tabular-nums">
          {Math.round(zoom.scale * 100)} %
        </output>
      </div>
      <IconButton
        label="Zoom in"
        title="Zoom in"
        tooltipAlign="end"
        icon={<ZoomIn size={16} aria-hidden />}
        onClick={() => stage.current?.zoom(ZOOM_STEP)}
      />
    </div>
  );
}
