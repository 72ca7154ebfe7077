import { toast } from 'sonner';
import type { AppStore } from '../../state/store';
import { EXAMPLES } from './phrases';

/** Descriptions that the page itself put into the box: nobody's own words are lost with them. */
const stock = new Set(EXAMPLES.map(({ description }) => description));

/** Puts a description into the box; where the person's own words are in it, asks first. */
export function offerDescription(store: AppStore, description: string): void {
  const { description: current, setDescription } = store.getState();
  const isOwn = current.trim() !== '' && !stock.has(current);
  stock.add(description);
  if (!isOwn) setDescription(description);
  else if (current !== description) {
    toast('Use the description that fits this mask?', {
      description,
      action: { label: 'Use it', onClick: () => setDescription(description) },
    });
  }
}
