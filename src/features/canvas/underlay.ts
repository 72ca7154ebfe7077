/** What lies under the mask and shows where its opacity lets it through. */
import { useEffect } from 'react';
import { useAppState } from '../../state/session';
import { importMaskFile } from './maskFiles';
import { currentStage } from './painterStage';
import { painterStore, setNotice, setPainter, usePainter } from './painterStore';

/** A mask that hides all would make the picture seem lost. */
const MOST_OPAQUE_OVER_PICTURE = 0.75;
const OPACITY_OVER_PICTURE = 0.5;
/** Pixels: more would slow down every frame of a moving view for nothing that a mask of 512 could follow. */
const LARGEST_SIDE = 2048;

/** Lays the finished picture or the person's own under the mask, as they chose; under a photo's mask always its face. */
export function useUnderlay(): void {
  const underlay = usePainter((state) => state.underlay);
  const pictureUrl = usePainter((state) => state.pictureUrl);
  const overPhoto = usePainter((state) => state.overPhoto);
  const resultUrl = useAppState((state) => state.resultUrl);
  const alignedUrl = useAppState((state) => state.alignedUrl);
  const url = overPhoto ? alignedUrl : { paper: null, result: resultUrl, picture: pictureUrl }[underlay];
  useEffect(() => {
    if (!url) return;
    let isCurrent = true;
    loadPicture(url)
      .then((image) => isCurrent && currentStage()?.setUnderlay(squared(image)))
      // A picture that has just been replaced: the next one is on its way.
      .catch(() => undefined);
    return () => {
      isCurrent = false;
      currentStage()?.setUnderlay(null);
    };
  }, [url]);
}

/** Puts a picture of the person's own under the mask, in memory only, or says why not. */
export async function putUnderneath(file: File): Promise<void> {
  const url = URL.createObjectURL(file);
  try {
    await loadPicture(url);
  } catch {
    URL.revokeObjectURL(url);
    setNotice({
      kind: 'error',
      message: `“${file.name}” is no picture that this browser can show.`,
      cure: 'Choose a JPEG, PNG or WebP file.',
    });
    return;
  }
  const { pictureUrl, opacity } = painterStore.getState();
  if (pictureUrl) URL.revokeObjectURL(pictureUrl);
  setPainter({
    pictureUrl: url,
    underlay: 'picture',
    opacity: opacity > MOST_OPAQUE_OVER_PICTURE ? OPACITY_OVER_PICTURE : opacity,
  });
  setNotice({ kind: 'info', message: `“${file.name}” lies under the mask until the page is closed.` });
}

/** A file from outside is taken for a mask; a picture that is none may lie underneath instead. */
export function takeFile(file: File): void {
  void importMaskFile(file, { putUnderneath: (picture) => void putUnderneath(picture) });
}

async function loadPicture(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

/** A whole picture in the middle of a square, as imported masks are placed too. The stage would stretch it. */
function squared(image: HTMLImageElement): HTMLCanvasElement {
  const longer = Math.max(image.naturalWidth, image.naturalHeight);
  const scale = Math.min(1, LARGEST_SIDE / longer);
  const [width, height] = [image.naturalWidth * scale, image.naturalHeight * scale];
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.round(longer * scale);
  const [left, top] = [(canvas.width - width) / 2, (canvas.height - height) / 2];
  canvas.getContext('2d')?.drawImage(image, left, top, width, height);
  return canvas;
}
