import { useEffect, useState } from 'react';
import { GRADIENT, paintWeights } from '../../lib/colormap';
import type { ShownEdit } from '../../state/editSlice';
import { BitmapCanvas } from '../../ui/BitmapCanvas';

/** A change by this share of the full range has the brightest colour. */
const FULL_COLOUR = 0.5;

/** How much each pixel has changed, as a heat map. */
export function Difference({ shown }: { shown: ShownEdit }) {
  const image = useDifference(shown);
  return (
    <div className="mx-auto w-full max-w-[34rem]">
      <div className="aspect-square overflow-hidden rounded-xl bg-sunken">
        {image && <BitmapCanvas source={image} role="img" aria-label="What has changed" className="size-full" />}
      </div>
      <p className="mt-2 flex items-center gap-1.5 text-[0.6875rem] text-muted">
        Unchanged
        <span aria-hidden className="h-2 w-16 rounded-full" style={{ background: GRADIENT }} />
        Half of the range, or more
      </p>
    </div>
  );
}

function useDifference({ afterUrl, beforeUrl }: ShownEdit): ImageData | null {
  const [image, setImage] = useState<ImageData | null>(null);
  useEffect(() => {
    let isCurrent = true;
    Promise.all([readPixels(beforeUrl), readPixels(afterUrl)]).then(
      ([before, after]) => isCurrent && setImage(paintDifference(before, after)),
      // The pictures have just given way to others, which are on their way.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [afterUrl, beforeUrl]);
  return image;
}

async function readPixels(url: string): Promise<ImageData> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, width, height);
}

function paintDifference(before: ImageData, after: ImageData): ImageData {
  const weights = new Float32Array(before.width * before.height);
  for (let i = 0; i < weights.length; i++) {
    const by = (c: number) => Math.abs(after.data[i * 4 + c]! - before.data[i * 4 + c]!);
    weights[i] = Math.max(by(0), by(1), by(2)) / 255 / FULL_COLOUR;
  }
  return new ImageData(paintWeights(weights), before.width, before.height);
}
