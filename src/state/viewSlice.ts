import type { Slice } from './store';

/** `create` makes faces from nothing, `edit` changes the face in a photo. */
export type View = 'create' | 'edit';

export interface ViewSlice {
  view: View;
}

export const createViewSlice: Slice<ViewSlice> = () => ({ view: 'create' });
