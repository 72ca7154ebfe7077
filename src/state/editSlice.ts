import type { WireError } from '../diffusion/shared/errors';
import type { EditFrame, FoundFace, Mode } from '../diffusion/shared/types';
import { FIRST_SEED } from '../lib/seed';
import type { Square } from '../lib/square';
import type { Slice } from './store';

/**
 * `finding` looks for faces; `cropping` leaves it to the person to choose one or to set the crop; `reading` parses and describes
 * the aligned face; then it is `ready` to be edited, and `done` once there is an edit to show.
 */
export type EditPhase = 'empty' | 'finding' | 'cropping' | 'reading' | 'ready' | 'running' | 'done';

/** Why the person is asked for the crop. */
export type CropReason = 'none' | 'several' | 'profile' | 'tiny' | 'failed' | 'no-aligner' | 'wish';

export type RegionMode = 'auto' | 'whole' | 'painted';

/** One edit, or a strip of them: of eight strengths, or of each model alone and both together. */
export type EditKind = 'one' | 'strengths' | 'models';

export interface ShownPhoto {
  name: string;
  /** Pixels, upright. */
  width: number;
  height: number;
  /** A small copy. */
  url: string;
}

interface ShownVariant {
  strength: number;
  mode: Mode;
  /** The edited face alone. */
  url: string;
}

export interface EditProgress {
  stage: EditFrame['stage'];
  step: number;
  total: number;
  /** Mean of the run so far, in milliseconds. */
  pace: number;
  /** Which of how many runs, for strips that need several; from 1. */
  run: number;
  runs: number;
}

/** What is on show of the chosen variant: addresses of pictures of one size. */
export interface ShownEdit {
  /** The crop of the photo with the edit in it. */
  afterUrl: string;
  /** The same crop of the photo as it was. */
  beforeUrl: string;
}

export interface EditSlice {
  editPhase: EditPhase;
  photo: ShownPhoto | null;
  /** In photo pixels, the largest first. */
  faces: readonly FoundFace[];
  /** The crop in use, or the one being set. */
  crop: Square | null;
  cropReason: CropReason;
  alignedUrl: string | null;
  /** What the net said of the photo, and what the person makes of it. */
  photoDescription: string;
  editDescription: string;
  /** 0 (nothing) … 1 (everything anew) */
  strength: number;
  /** −1 (the mask's models rule) … 1 (those of the words) */
  balance: number;
  editMode: Mode;
  regionMode: RegionMode;
  /** `null`: the pack's own. */
  editSteps: number | null;
  /** uint32 */
  editSeed: number;
  editProgress: EditProgress | null;
  variants: readonly ShownVariant[];
  /** Index of the variant on show. */
  variant: number;
  shownEdit: ShownEdit | null;
  /** Counts changes of the painted region, whose bytes lie in the bench. */
  paintedRevision: number;
  editProblem: WireError | null;
  setEdit: (changes: Partial<EditSettings>) => void;
  dismissEditProblem: () => void;
}

/** What the person sets, and what is remembered. */
type EditSettings = Pick<
  EditSlice,
  'editDescription' | 'strength' | 'balance' | 'editMode' | 'regionMode' | 'editSteps' | 'editSeed'
>;

const FIRST_STRENGTH = 0.7;

/** All about a photo, as it is without one. */
export const NO_PHOTO = {
  editPhase: 'empty',
  photo: null,
  faces: [],
  crop: null,
  cropReason: 'none',
  alignedUrl: null,
  photoDescription: '',
  editDescription: '',
  editProgress: null,
  variants: [],
  variant: 0,
  shownEdit: null,
} satisfies Partial<EditSlice>;

export const createEditSlice: Slice<EditSlice> = (set) => ({
  ...NO_PHOTO,
  strength: FIRST_STRENGTH,
  balance: 0,
  editMode: 'both',
  regionMode: 'auto',
  editSteps: null,
  editSeed: FIRST_SEED,
  paintedRevision: 0,
  editProblem: null,
  setEdit: (changes) => set(changes),
  dismissEditProblem: () => set({ editProblem: null }),
});
