import { useMemo, useSyncExternalStore } from 'react';
import { classShares } from '../../mask/stats';
import { maskDocument } from './maskDocument';

/** The mask's revision; the component draws again after every committed change. */
export function useMaskRevision(): number {
  return useSyncExternalStore(maskDocument.subscribe, () => maskDocument.revision);
}

/** Share of each class, 0–1. */
export function useClassShares(): number[] {
  const revision = useMaskRevision();
  // The bytes are read through the document, so the revision stands for them.
  // oxlint-disable-next-line react/exhaustive-deps
  return useMemo(() => classShares(maskDocument.committed), [revision]);
}
