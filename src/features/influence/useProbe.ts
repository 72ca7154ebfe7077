import type { PointerEvent } from 'react';
import { useAppState } from '../../state/session';

/** Handlers for anything that shows the face's square: pointing at a place reads the influence there. */
export function useProbe() {
  const setProbe = useAppState((state) => state.setProbe);
  const read = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setProbe({ x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height });
  };
  return {
    onPointerMove: read,
    onPointerDown: read,
    // A finger's tap also "leaves"; its place stays marked until the next one.
    onPointerLeave: (event: PointerEvent<HTMLElement>) => event.pointerType === 'mouse' && setProbe(null),
  };
}
