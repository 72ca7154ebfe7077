import { useEffect, useId, useRef, type RefObject } from 'react';
import { faceClass } from '../../mask/classes';
import { describeMask } from '../../mask/stats';
import { MaskStage, type Zoom } from '../../stage/maskStage';
import { handleStageKey } from './keys';
import { maskDocument } from './maskDocument';
import { brushSizeOf, painterStore, setClass, stageSettings, usePainter } from './painterStore';
import { TOOLS } from './toolList';
import { useClassShares } from './useMaskDocument';
import { useUnderlay } from './useUnderlay';

interface MaskCanvasProps {
  stageRef: RefObject<MaskStage | null>;
  /** Must not change from render to render. */
  onZoom: (zoom: Zoom) => void;
}

/** The canvas: a host element for the stage, which does the rest outside React. */
export function MaskCanvas({ stageRef, onZoom }: MaskCanvasProps) {
  const host = useRef<HTMLDivElement>(null);
  const live = useRef<HTMLDivElement>(null);
  const summaryId = useId();
  useStage(host, live, stageRef, onZoom);
  useUnderlay(stageRef);
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
  const classIndex = usePainter((state) => state.classIndex);
  const size = usePainter(brushSizeOf);
  const tool = TOOLS[usePainter((state) => state.tool)].label;
  return (
    <p id={id} className="sr-only">
      {describeMask(shares)} {tool}, {size} pixels wide, painting {faceClass(classIndex).label}. Arrow keys move the
      cursor, Enter or Space puts the pen down and lifts it.
    </p>
  );
}

/** Creates the stage with its element and takes it down again; settings flow from the store to the stage without a render. */
function useStage(
  hostRef: RefObject<HTMLDivElement | null>,
  liveRef: RefObject<HTMLDivElement | null>,
  stageRef: RefObject<MaskStage | null>,
  onZoom: (zoom: Zoom) => void,
): void {
  useEffect(() => {
    const host = hostRef.current;
    if (!host) return;
    const stage = new MaskStage(host, maskDocument, stageSettings(painterStore.getState()), {
      onPickClass: setClass,
      onZoom,
      onAnnounce: (message) => {
        if (liveRef.current) liveRef.current.textContent = message;
      },
    });
    stageRef.current = stage;
    const stopSettings = painterStore.subscribe((state) => stage.configure(stageSettings(state)));
    const stopKeys = listenToKeys(host, stage);
    return () => {
      stopKeys();
      stopSettings();
      stage.destroy();
      stageRef.current = null;
    };
  }, [hostRef, liveRef, stageRef, onZoom]);
}

/**
 * Space has two meanings: held, it turns the pointer into a hand; tapped while the keyboard's cursor is in use, it puts the pen
 * down or lifts it. Which one it was shows when it is let go.
 */
function listenToKeys(host: HTMLElement, stage: MaskStage): () => void {
  const control = new AbortController();
  const { signal } = control;
  let pressedWithPointer = false;
  host.addEventListener('pointerdown', () => (pressedWithPointer = true), { signal });
  host.addEventListener(
    'keydown',
    (event) => {
      if (event.key === ' ') {
        if (!event.repeat) pressedWithPointer = false;
        stage.holdPan(true);
      } else if (!handleStageKey(event, stage)) return;
      event.preventDefault();
    },
    { signal },
  );
  host.addEventListener(
    'keyup',
    (event) => {
      if (event.key !== ' ') return;
      stage.holdPan(false);
      if (!pressedWithPointer && stage.keyboard.point) stage.keyboard.togglePen();
    },
    { signal },
  );
  host.addEventListener('focus', () => host.matches(':focus-visible') && stage.keyboard.show(), { signal });
  host.addEventListener(
    'blur',
    () => {
      stage.holdPan(false);
      stage.keyboard.finish();
    },
    { signal },
  );
  return () => control.abort();
}
