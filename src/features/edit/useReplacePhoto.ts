import { useCallback } from 'react';
import { toast } from 'sonner';
import { useSession } from '../../state/session';

/** Milliseconds: as long as somebody needs to see that this was not what they meant. */
const TIME_TO_REGRET = 20_000;

/** Puts another photo, or none, in place of the one at hand. What was made of that can be brought back for a while. */
export function useReplacePhoto(): { open: (file: File) => void; close: () => void } {
  const { photos, memory, bench } = useSession();
  const offer = useCallback(
    async (replace: () => void | Promise<void>) => {
      const before = memory.keepsake();
      await replace();
      if (!before || bench.photo === before.photo) return;
      toast(`“${before.photo.name}” and its edits were put away.`, {
        id: 'put-away',
        duration: TIME_TO_REGRET,
        action: { label: 'Bring back', onClick: () => void memory.bringBack(before) },
      });
    },
    [memory, bench],
  );
  return {
    open: useCallback((file: File) => void offer(() => photos.open(file)), [offer, photos]),
    close: useCallback(() => void offer(() => photos.close()), [offer, photos]),
  };
}
