/** Where an edit may change something (models/contracts/README.md, “Editing a photo”). */
import { classIndexOf, CLASS_COUNT } from '../mask/classes';
import { TABLE } from './editWords';
import { dilate } from './filters';

export interface RegionInput {
  /** `auto`: what differs and what the changed words concern; `whole`: the whole head; `painted`: what the person painted. */
  readonly mode: 'auto' | 'whole' | 'painted';
  readonly size: number;
  /** Class indices, row by row, `size` squared: as the photo has them, and as they are to be. */
  readonly source: Uint8Array;
  readonly target: Uint8Array;
  /** The descriptions of both. */
  readonly before: string;
  readonly after: string;
  /** 1 where the person has painted, `size` squared. */
  readonly painted: Uint8Array | null;
}

/** Of the face's side: how far the border of a repainted area may move. */
const DIFFERENCE_DILATE = 1 / 32;
const HEAD = Array.from({ length: CLASS_COUNT }, (_, index) => index).filter(
  (index) => ![classIndexOf('background'), classIndexOf('cloth')].includes(index),
);

/** @returns 1 where something may change, `size` squared */
export function editRegion(input: RegionInput): Uint8Array<ArrayBuffer> {
  const { mode, size, painted } = input;
  if (mode === 'painted') return Uint8Array.from(painted ?? new Uint8Array(size * size));
  if (mode === 'whole') return whereClasses(input, HEAD);
  const words = changedWords(input.before, input.after);
  const { source, target } = input;
  const differs = source.map((index, i) => (index === target[i] ? 0 : 1));
  const out = dilate(differs, size, size * DIFFERENCE_DILATE);
  for (const region of wordRegions(input, words)) for (let i = 0; i < out.length; i++) out[i]! |= region[i]!;
  return out;
}

/** Words that one of two texts has more often than the other, in lower case. */
export function changedWords(before: string, after: string): string[] {
  const counts = new Map<string, number>();
  const count = (text: string, by: number) => {
    for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) counts.set(word, (counts.get(word) ?? 0) + by);
  };
  count(after, 1);
  count(before, -1);
  return [...counts].filter(([, difference]) => difference !== 0).map(([word]) => word);
}

function wordRegions(input: RegionInput, words: readonly string[]): Uint8Array[] {
  if (words.length === 0) return [];
  const has = (beginnings: readonly string[]) => words.some((word) => beginnings.some((each) => word.startsWith(each)));
  const parts = TABLE.parts.filter((part) => has(part.words));
  if (parts.length === 0 || has(TABLE.whole)) return [whereClasses(input, HEAD)];
  return parts.map(({ classes, dilate: share, below }) => {
    const region = whereClasses(input, classes.map(classIndexOf));
    if (below) region.fill(0, 0, firstRowBelow(input, classIndexOf(below)) * input.size);
    return dilate(region, input.size, input.size * share);
  });
}

/** Where either mask has one of the classes. */
function whereClasses({ source, target }: RegionInput, classes: readonly number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(source, (index, i) => (classes.includes(index) || classes.includes(target[i]!) ? 1 : 0));
}

function firstRowBelow({ source, size }: RegionInput, classIndex: number): number {
  return Math.floor(source.lastIndexOf(classIndex) / size) + 1;
}
