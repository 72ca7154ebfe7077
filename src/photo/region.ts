/** Where an edit may change something (models/contracts/README.md, “Editing a photo”). */
import table from '../../models/contracts/edit-words.json';
import { classIndexOf } from '../mask/classes';
import { dilate } from './filters';

export interface RegionInput {
  /** `auto`: what differs, what the changed words concern, what is painted; `whole`: the whole head; `painted`: that alone. */
  readonly mode: 'auto' | 'whole' | 'painted';
  readonly size: number;
  /** Class indices, row by row, `size` squared: as the photo has them, and as they are to be. */
  readonly masks: readonly [before: Uint8Array, after: Uint8Array];
  readonly descriptions: readonly [before: string, after: string];
  /** 1 where the person has painted, `size` squared. */
  readonly painted: Uint8Array | null;
}

/** Words that say something of a part of the face: by their beginning, and by the words around them. */
interface Meaning {
  readonly words: readonly string[];
  /** Only where one of the next few words begins so. */
  readonly before?: readonly string[];
  /** Not where the word before begins so. */
  readonly not_after?: readonly string[];
}

interface Entry extends Meaning {
  readonly classes: readonly string[];
  readonly below?: string;
  /** Share of the side. */
  readonly dilate: number;
}

const ENTRIES: readonly Entry[] = table.entries;
const WHOLE: Meaning = { words: table.whole };
/** Words after an adjective among which the noun that it belongs to stands. */
const NEAR = 3;
/** Of the face's side: how far an edit goes beyond where masks differ, and beyond the head. */
const REACH = 1 / 32;
const SKIN = classIndexOf('skin');
const NO_HEAD = new Set(['background', 'cloth'].map(classIndexOf));

/** @returns 1 where something may change, `size` squared */
export function editRegion(input: RegionInput): Uint8Array<ArrayBuffer> {
  const { mode, size, painted, masks } = input;
  const own = Uint8Array.from(painted ?? new Uint8Array(size * size));
  if (mode === 'painted') return own;
  if (mode === 'whole') return wholeHead(input);
  const differs = masks[0].map((index, i) => (index === masks[1][i] ? 0 : 1));
  const parts = [dilate(differs, size, size * REACH), byWords(input), own];
  return own.map((_, i) => (parts.some((part) => part[i] === 1) ? 1 : 0));
}

/** The parts that the changed words concern; the whole head where they say no better. */
function byWords(input: RegionInput): Uint8Array {
  const { size } = input;
  const [before, after] = input.descriptions.map(wordsOf) as [string[], string[]];
  const out = new Uint8Array(size * size);
  const add = (region: Uint8Array) => {
    for (let i = 0; i < out.length; i++) out[i]! |= region[i]!;
  };
  for (const entry of ENTRIES) {
    if (differ(hits(before, entry), hits(after, entry))) add(dilate(partOf(input, entry), size, size * entry.dilate));
  }
  const isVague = differ(before, after) && !out.includes(1);
  if (isVague || differ(hits(before, WHOLE), hits(after, WHOLE))) add(wholeHead(input));
  return out;
}

/** Runs of letters and digits, in lower case. */
function wordsOf(description: string): string[] {
  return description.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function hits(words: readonly string[], { words: beginnings, before, not_after: notAfter }: Meaning): string[] {
  return words.filter(
    (word, i) =>
      begins([word], beginnings) &&
      (!before || begins(words.slice(i + 1, i + 1 + NEAR), before)) &&
      !(notAfter && begins(words.slice(Math.max(0, i - 1), i), notAfter)),
  );
}

function begins(words: readonly string[], beginnings: readonly string[]): boolean {
  return words.some((word) => beginnings.some((each) => word.startsWith(each)));
}

/** Whether two lists differ in more than their order. */
function differ(a: readonly string[], b: readonly string[]): boolean {
  const [first, second] = [a.toSorted(), b.toSorted()];
  return first.length !== second.length || first.some((word, i) => word !== second[i]);
}

function wholeHead({ masks, size }: RegionInput): Uint8Array<ArrayBuffer> {
  const head = masks[0].map((index, i) => (NO_HEAD.has(index) && NO_HEAD.has(masks[1][i]!) ? 0 : 1));
  return dilate(head, size, size * REACH);
}

/** Where either mask has one of the entry's classes, or skin in a row below the lowest of the class that it names. */
function partOf({ masks, size }: RegionInput, { classes, below }: Entry): Uint8Array {
  const wanted = new Set(classes.map(classIndexOf));
  const out = new Uint8Array(size * size);
  for (const mask of masks) {
    // Without the class all the skin is below it.
    const first = below ? (Math.floor(mask.lastIndexOf(classIndexOf(below)) / size) + 1) * size : Infinity;
    for (const [i, index] of mask.entries()) if (wanted.has(index) || (index === SKIN && i >= first)) out[i] = 1;
  }
  return out;
}
