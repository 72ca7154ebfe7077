import { ScanFace } from 'lucide-react';
import { once } from '../../lib/once';
import { useSession } from '../../state/session';
import { Gallery, type GalleryItem } from './Gallery';
import { Menu } from './Menu';
import { setNotice } from './painterStore';
import { loadSampleMask, loadSamples, placeSample, type Sample } from './samples';
import { paintThumbnail } from './thumbnails';

/** Drawn masks to start from. */
export function SamplesMenu() {
  const { store } = useSession();
  const choose = async (sample: Sample) => {
    try {
      await placeSample(sample);
      // Words that the person wrote stay; a sample's own give way to the next one's.
      const { description, setDescription } = store.getState();
      if (await isSuggestion(description)) setDescription(sample.description);
    } catch {
      setNotice({
        kind: 'error',
        message: `“${sample.label}” could not be loaded.`,
        cure: 'Check the connection and choose it again.',
      });
    }
  };
  return (
    <Menu label="Samples" Icon={ScanFace} labelClassName="@[40rem]:inline" className="w-96">
      <Gallery
        label="Sample masks"
        noun="sample masks"
        load={loadPictures}
        onChoose={(sample) => void choose(sample)}
      />
    </Menu>
  );
}

const loadPictures = once(async (): Promise<(Sample & GalleryItem)[]> => {
  const samples = await loadSamples();
  return Promise.all(
    samples.map(async (sample) => ({ ...sample, image: paintThumbnail(await loadSampleMask(sample)) })),
  );
});

async function isSuggestion(description: string): Promise<boolean> {
  const samples = await loadSamples();
  return description.trim() === '' || samples.some((sample) => sample.description === description);
}
