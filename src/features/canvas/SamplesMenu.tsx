import { ScanFace } from 'lucide-react';
import { useEffect, useState } from 'react';
import { FACE_CLASSES, parseColour } from '../../mask/classes';
import type { ClassMask } from '../../mask/classMask';
import { resampleMask } from '../../mask/resample';
import { useSession } from '../../state/session';
import { BitmapCanvas } from '../../ui/BitmapCanvas';
import { Disclosure } from '../../ui/Disclosure';
import { setNotice } from './painterStore';
import { loadSampleMask, loadSamples, placeSample, type Sample } from './samples';

/** Device pixels: sharp at 80 CSS pixels on dense screens. */
const THUMBNAIL_SIZE = 160;
const OPAQUE = 255;

/** Drawn masks to start from. */
export function SamplesMenu() {
  const { store } = useSession();
  const thumbnails = useThumbnails();
  const choose = async (sample: Sample) => {
    try {
      await placeSample(sample);
      // Words that the person wrote stay; a sample's own give way to the next one's.
      const { description, setDescription } = store.getState();
      if (isSuggestion(description, thumbnails)) setDescription(sample.description);
    } catch {
      setNotice({
        kind: 'error',
        message: `“${sample.label}” could not be loaded.`,
        cure: 'Check the connection and choose it again.',
      });
    }
  };
  return (
    <Disclosure
      label="Samples"
      button={
        <>
          <ScanFace size={18} aria-hidden />
          <span className="hidden @lg:inline">Samples</span>
        </>
      }
      buttonClassName="inline-flex h-9 items-center gap-1.5 rounded-lg px-2 text-[0.8125rem] font-medium text-muted transition-colors hover:bg-sunken hover:text-ink pointer-coarse:h-11 pointer-coarse:min-w-11"
    >
      <ul aria-label="Sample masks" className="grid grid-cols-3 gap-1.5">
        {thumbnails.map(({ sample, image }) => (
          <li key={sample.id}>
            <button
              type="button"
              className="flex w-full flex-col items-center gap-1 rounded-lg p-1.5 text-xs text-muted hover:bg-sunken hover:text-ink"
              onClick={() => void choose(sample)}
            >
              <BitmapCanvas source={image} aria-hidden className="w-full rounded-md" />
              {sample.label}
            </button>
          </li>
        ))}
      </ul>
      {thumbnails.length === 0 && <p className="text-muted">The sample masks could not be loaded.</p>}
    </Disclosure>
  );
}

function isSuggestion(description: string, thumbnails: readonly Thumbnail[]): boolean {
  return description.trim() === '' || thumbnails.some(({ sample }) => sample.description === description);
}

interface Thumbnail {
  sample: Sample;
  image: ImageData;
}

function useThumbnails(): Thumbnail[] {
  const [thumbnails, setThumbnails] = useState<Thumbnail[]>([]);
  useEffect(() => {
    let isCurrent = true;
    loadSamples()
      .then((samples) =>
        Promise.all(samples.map(async (sample) => ({ sample, image: paint(await loadSampleMask(sample)) }))),
      )
      .then((loaded) => isCurrent && setThumbnails(loaded))
      // The menu says so itself, and choosing nothing harms nothing.
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, []);
  return thumbnails;
}

function paint(mask: ClassMask): ImageData {
  const { data, size } = resampleMask(mask, THUMBNAIL_SIZE);
  const image = new ImageData(size, size);
  const colours = FACE_CLASSES.map((row) => [...parseColour(row.displayColour), OPAQUE]);
  for (const [i, value] of data.entries()) image.data.set(colours[value]!, i * 4);
  return image;
}
