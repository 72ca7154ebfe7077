import { useEffect, useState } from 'react';
import { BitmapCanvas } from '../../ui/BitmapCanvas';

export interface GalleryItem {
  readonly id: string;
  readonly label: string;
  readonly image: ImageData;
}

interface GalleryProps<T extends GalleryItem> {
  /** The accessible name of the list. */
  label: string;
  /** What is shown, as a person would call it: for when it could not be loaded. */
  noun: string;
  /** Must not change from render to render. */
  load: () => Promise<T[]>;
  onChoose: (item: T) => void;
}

/** Small pictures with a word each, to choose from. */
export function Gallery<T extends GalleryItem>({ label, noun, load, onChoose }: GalleryProps<T>) {
  const items = useLoaded(load);
  if (items === 'failed') return <p className="text-muted">The {noun} could not be loaded.</p>;
  return (
    <ul aria-label={label} aria-busy={!items} className="grid min-h-24 grid-cols-4 gap-1">
      {items?.map((item) => (
        <li key={item.id}>
          <button
            type="button"
            className="flex w-full flex-col items-center gap-1 rounded-lg p-1 pb-1.5 text-xs leading-tight text-muted hover:bg-sunken hover:text-ink"
            onClick={() => onChoose(item)}
          >
            <BitmapCanvas source={item.image} aria-hidden className="aspect-square w-full rounded-md bg-white" />
            {item.label}
          </button>
        </li>
      ))}
    </ul>
  );
}

function useLoaded<T>(load: () => Promise<T[]>): T[] | 'failed' | null {
  const [items, setItems] = useState<T[] | 'failed' | null>(null);
  useEffect(() => {
    let isCurrent = true;
    load().then(
      (loaded) => isCurrent && setItems(loaded),
      () => isCurrent && setItems('failed'),
    );
    return () => {
      isCurrent = false;
    };
  }, [load]);
  return items;
}
