import type { PointerEvent } from 'react';
import { useAppState } from '../../state/session';
import { placeIn } from '../../ui/placeIn';

/** Handlers for anything that shows the face's square: pointing at a place reads the influence there. */
export function useProbe() {
  const setProbe = useAppState((state) => state.setProbe);
  const read = (event: PointerEvent<HTMLElement>) => setProbe(placeIn(event.currentTarget, event));
  return {
    onPointerMove: read,
    onPointerDown: read,
    // A finger's tap also "leaves"; its place stays marked until the next one.
    onPointerLeave: (event: PointerEvent<HTMLElement>) => event.pointerType === 'mouse' && setProbe(null),
  };
}
