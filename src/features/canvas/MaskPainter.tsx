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
    <section ref={root} aria-label="Mask painter" className="@container flex size-full min-h-0 min-w-0 flex-col">
      <div className="flex min-h-0 grow flex-col gap-2 @2xl:grid @2xl:grid-cols-[auto_minmax(0,1fr)_10.75rem] @2xl:grid-rows-[auto_minmax(0,1fr)] @2xl:gap-0">
        <div className="contents @2xl:col-span-3 @2xl:flex @2xl:items-center @2xl:justify-between @2xl:gap-4 @2xl:border-b @2xl:border-line @2xl:px-3 @2xl:py-1.5">
          <div className="order-5 px-3 pb-2 @2xl:order-none @2xl:grow @2xl:p-0">
            <BrushOptions />
          </div>
          <div className="order-1 flex justify-center @2xl:order-none">
            <MaskActions />
          </div>
        </div>
        <div className="order-3 flex justify-center @2xl:order-none @2xl:border-r @2xl:border-line @2xl:p-1">
          <ToolRail />
        </div>
        <div className="relative order-2 min-h-72 grow bg-sunken @max-2xl:aspect-square @2xl:order-none @2xl:min-h-0">
          <MaskCanvas stageRef={stage} onZoom={setZoom} />
          <NoticeBar />
          <ZoomControls zoom={zoom} stage={stage} />
        </div>
        <div className="order-4 min-h-0 min-w-0 @2xl:order-none @2xl:border-l @2xl:border-line">
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
      <div className={cx('flex items-center', zoom.isFitted && '@max-2xl:hidden')}>
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
