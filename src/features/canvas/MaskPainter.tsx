import { useEffect, useRef, useState } from 'react';
import { isTextEntry } from '../../lib/hotkeys';
import type { Zoom } from '../../stage/maskStage';
import { listenToPainterKeys } from './canvasKeys';
import { ClassPalette } from './ClassPalette';
import { MaskActions } from './MaskActions';
import { MaskCanvas } from './MaskCanvas';
import { NoticeBar } from './NoticeBar';
import { usePainter } from './painterStore';
import { ToolOptions } from './ToolOptions';
import { ToolRail } from './ToolRail';
import { takeFile } from './underlay';
import { ZoomControls } from './ZoomControls';

/** The mask painter. It fills its container, whose width decides between the wide and the narrow layout. */
export function MaskPainter() {
  const root = useRef<HTMLElement>(null);
  const overPhoto = usePainter((state) => state.overPhoto);
  useEffect(() => (root.current ? listenToPainterKeys(root.current) : undefined), []);
  // Where a photo is edited, files that are dropped or pasted are photos.
  useEffect(() => (root.current && !overPhoto ? listenToFiles(root.current) : undefined), [overPhoto]);
  return (
    <section
      ref={root}
      aria-label="Mask painter"
      className="group/painter @container flex size-full min-h-0 min-w-0 flex-col overflow-clip rounded-[inherit]"
    >
      <div className="flex min-h-0 grow flex-col @[40rem]:grid @[40rem]:grid-cols-[auto_minmax(0,1fr)_12.5rem] @[40rem]:grid-rows-[auto_auto_minmax(0,1fr)]">
        <div className="order-1 px-1 @[40rem]:col-span-3 @[40rem]:border-b @[40rem]:border-line @[40rem]:px-3 @[40rem]:py-1">
          <MaskActions />
        </div>
        <div className="order-4 px-2 pb-1 @[40rem]:order-2 @[40rem]:col-span-3 @[40rem]:border-b @[40rem]:border-line @[40rem]:px-3 @[40rem]:py-1">
          <ToolOptions />
        </div>
        <div className="order-3 px-1 py-0.5 @[40rem]:border-r @[40rem]:border-line @[40rem]:p-1">
          <ToolRail />
        </div>
        <div className="relative order-2 min-h-72 grow overflow-clip bg-sunken group-data-dropping/painter:outline-2 group-data-dropping/painter:-outline-offset-4 group-data-dropping/painter:outline-accent group-data-dropping/painter:outline-dashed @max-[40rem]:aspect-square @max-[40rem]:max-h-[calc(100dvh-25.5rem)] @[40rem]:order-4 @[40rem]:min-h-0">
          <Canvas />
        </div>
        <div className="order-5 min-w-0 shrink-0 pb-1 @[40rem]:min-h-0 @[40rem]:border-l @[40rem]:border-line @[40rem]:pb-0">
          <ClassPalette />
        </div>
      </div>
    </section>
  );
}

/** The canvas with what floats over it. The zoom's state is in here, so that zooming draws nothing else again. */
function Canvas() {
  const [zoom, setZoom] = useState<Zoom>({ scale: 1, isFitted: true });
  return (
    <>
      <MaskCanvas onZoom={setZoom} />
      <NoticeBar />
      <ZoomControls zoom={zoom} />
    </>
  );
}

/** Files dropped on the painter, or pasted anywhere but into text. @returns the function that ends it */
function listenToFiles(painter: HTMLElement): () => void {
  const control = new AbortController();
  const { signal } = control;
  const show = (isDropping: boolean) => painter.toggleAttribute('data-dropping', isDropping);
  painter.addEventListener(
    'dragover',
    (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      // Without this the browser would open the file instead.
      event.preventDefault();
      show(true);
    },
    { signal },
  );
  painter.addEventListener(
    'dragleave',
    ({ relatedTarget }) => show(relatedTarget instanceof Node && painter.contains(relatedTarget)),
    { signal },
  );
  painter.addEventListener(
    'drop',
    (event) => {
      show(false);
      importFrom(event, event.dataTransfer);
    },
    { signal },
  );
  document.addEventListener('paste', (event) => !isTextEntry(event.target) && importFrom(event, event.clipboardData), {
    signal,
  });
  return () => control.abort();
}

/** A file is taken for a mask, or offered to lie underneath; text on its way to somewhere else is let through. */
function importFrom(event: Event, data: DataTransfer | null): void {
  const file = data?.files[0];
  if (!file) return;
  event.preventDefault();
  takeFile(file);
}
