import { useMemo } from 'react';
import { modeFor, readsDescription } from '../../state/selectors';
import { useAppState, useSession } from '../../state/session';
import { useMaskRevision } from '../canvas';

/** Whether mask or words are other than the photo's, as far as the chosen mode reads them. */
export function useHasChanges(): boolean {
  const { edits } = useSession();
  const revision = useMaskRevision();
  const pack = useAppState((state) => state.pack);
  const mode = useAppState((state) => state.editMode);
  const alignedUrl = useAppState((state) => state.alignedUrl);
  const before = useAppState((state) => state.photoDescription);
  const after = useAppState((state) => state.editDescription);
  const hasPainted = useMemo(
    () => edits.isRepainted(),
    // The mask and the face are read through the controller; these stand for them.
    // oxlint-disable-next-line react/exhaustive-deps
    [edits, revision, alignedUrl],
  );
  if (!pack) return true;
  const chosen = modeFor(pack, mode);
  const readsMask = pack.collaborators.some(
    ({ id, kind }) => kind === 'class_mask' && (chosen === id || chosen === 'both' || chosen === 'fixed'),
  );
  return (hasPainted && readsMask) || (before.trim() !== after.trim() && readsDescription(pack, mode));
}
