import { useEffect, type RefObject } from 'react';
import type { MaskStage } from '../../stage/maskStage';
import { useAppState } from '../../state/session';

/** Lays the finished picture under the mask, where the mask's opacity lets it through. */
export function useUnderlay(stageRef: RefObject<MaskStage | null>): void {
  const url = useAppState((state) => state.resultUrl);
  useEffect(() => {
    const stage = stageRef.current;
    if (!stage || !url) return;
    let isCurrent = true;
    const image = new Image();
    image.addEventListener('load', () => isCurrent && stage.setUnderlay(image));
    image.src = url;
    return () => {
      isCurrent = false;
      stage.setUnderlay(null);
    };
  }, [stageRef, url]);
}
