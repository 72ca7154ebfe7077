import { Plus } from 'lucide-react';
import { once } from '../../lib/once';
import { addPart, type Part } from '../../mask/parts';
import { Gallery, type GalleryItem } from './Gallery';
import { placePart } from './maskCommands';
import { Menu } from './Menu';
import { loadParts, loadSampleMask, loadSamples } from './samples';
import { paintThumbnail } from './thumbnails';

/** The sample that wears the least. */
const PLAIN_SAMPLE = 'bald';

/** Glasses, hair, a hat: parts that fit themselves to the face in the mask. */
export function PartsMenu() {
  return (
    <Menu label="Add" Icon={Plus} labelClassName="@[40rem]:inline" className="w-96">
      <Gallery label="Parts" noun="parts" load={loadPictures} onChoose={placePart} />
      <p className="mt-2 text-xs text-muted">Parts fit themselves to the face in the mask. Locked classes stay.</p>
    </Menu>
  );
}

/** Each part on a plain face, which is only hinted at. */
const loadPictures = once(async (): Promise<(Part & GalleryItem)[]> => {
  const [parts, samples] = await Promise.all([loadParts(), loadSamples()]);
  const plain = samples.find(({ id }) => id === PLAIN_SAMPLE) ?? samples[0];
  if (!plain) throw new Error('There are no samples.');
  const face = await loadSampleMask(plain);
  return parts.map((part) => {
    const mask = { ...face, data: face.data.slice() };
    addPart(mask, part, []);
    return { ...part, image: paintThumbnail(mask, face) };
  });
});
