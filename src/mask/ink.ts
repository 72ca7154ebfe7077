import { CLASS_COUNT } from './classes';

/** What a mark leaves behind, and where it may. */
export interface Ink {
  /** A class index 0–18, or the bytes of a mask of the same size to paint from: the eraser that restores. */
  readonly source: number | Uint8Array;
  /** 19 flags, 1 where a class may be covered; `null` covers everything. */
  readonly covers: Uint8Array | null;
}

/** Paints the offsets [start, end) of a mask's bytes. Nothing is checked: strokes come through here for every row. */
export function paintRun(data: Uint8Array, start: number, end: number, { source, covers }: Ink): void {
  if (typeof source === 'number') {
    if (!covers) data.fill(source, start, end);
    else for (let i = start; i < end; i++) if (covers[data[i]!]) data[i] = source;
  } else {
    if (!covers) data.set(source.subarray(start, end), start);
    else for (let i = start; i < end; i++) if (covers[data[i]!]) data[i] = source[i]!;
  }
}

/**
 * The paint rule as flags for `Ink.covers`.
 *
 * @param only class indices that may be covered; `null` for all
 * @param locked class indices that may not, whatever `only` says
 * @returns `null` when everything may be covered
 */
export function coverRule(only: readonly number[] | null, locked: readonly number[]): Uint8Array | null {
  const flags = new Uint8Array(CLASS_COUNT).fill(only ? 0 : 1);
  for (const index of only ?? []) flags[index] = 1;
  for (const index of locked) flags[index] = 0;
  return flags.includes(0) ? flags : null;
}
