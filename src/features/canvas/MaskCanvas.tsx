import { useEffect, useId, useRef, type RefObject } from 'react';
import { describeMask } from '../../mask/stats';
import { MaskStage, type Zoom } from '../../stage/maskStage';
import { listenToCanvasKeys } from './canvasKeys';
import { describeChange, describeTool } from './describe';
import { maskDocument } from './maskDocument';
import { connectStage } from './painterStage';
import { painterStore, setAxis, setBrushSize, setClass, stageSettings, usePainter } from './painterStore';
import { useUnderlay } from './underlay';
import { useClassShares } from './useMaskDocument';

interface MaskCanvasProps {
  /** Must not change from render to render. */
  onZoom: (zoom: Zoom) => void;
}

/** The canvas: a host element for the stage, which does the rest outside React. */
export function MaskCanvas({ onZoom }: MaskCanvasProps) {
  const host = useRef<HTMLDivElement>(null);
  const live = useRef<HTMLDivElement>(null);
  const summaryId = useId();
  useStage(host, live, onZoom);
  useUnderlay();
  return (
    <>
      <div
        ref={host}
        role="application"
        aria-label="Mask canvas"
        aria-describedby={summaryId}
        // An application widget takes the focus itself: it has no parts that could.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="absolute inset-0 touch-none overflow-hidden rounded-[inherit] outline-offset-[-2px] select-none"
      />
      <Summary id={summaryId} />
      <div ref={live} aria-live="polite" className="sr-only" />
    </>
  );
}

function Summary({ id }: { id: string }) {
  const shares = useClassShares();
  const tool = usePainter(describeTool);
  return (
    <p id={id} className="sr-only">
      {describeMask(shares)} {tool} Arrow keys move the cursor, Enter or Space puts the tool down and lifts it.
    </p>
  );
}

/** Creates the stage with its element and takes it down again; settings flow from the store to the stage without a render. */
function useStage(
  hostRef: RefObject<HTMLDivElement | null>,
  liveRef: RefObject<HTMLDivElement | null>,
  onZoom: (zoom: Zoom) => void,
): void {
  useEffect(() => {
    const host = hostRef.current;
    if (!host) return;
    const announce = (message: string) => {
      if (liveRef.current) liveRef.current.textContent = message;
    };
    const stage = new MaskStage(host, maskDocument, stageSettings(painterStore.getState()), {
      onPickClass: setClass,
      onZoom,
      onAnnounce: announce,
      onBrushSize: setBrushSize,
      onAxis: setAxis,
    });
    const stops = [
      connectStage({ stage, announce }),
      painterStore.subscribe((state, before) => {
        stage.configure(stageSettings(state));
        const words = describeChange(before, state);
        // Radio buttons, boxes and sliders say by themselves what was done with them.
        if (words && !(document.activeElement instanceof HTMLInputElement)) announce(words);
      }),
      listenToCanvasKeys(host, stage),
    ];
    return () => {
      for (const stop of stops) stop();
      stage.destroy();
    };
  }, [hostRef, liveRef, onZoom]);
}
