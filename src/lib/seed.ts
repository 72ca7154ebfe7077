/** Seeds are uint32: the same number gives the same face, here and in Python. */

export const SEED_MAX = 0xffff_ffff;

/** A fixed one, so that the first picture on every device is the same. */
export const FIRST_SEED = 14;

export function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!;
}

/** The seed that a person typed, or `null` when it is not a whole number from 0 to 4294967295. */
export function parseSeed(text: string): number | null {
  const trimmed = text.trim();
  if (!/^\d{1,10}$/.test(trimmed)) return null;
  const value = Number(trimmed);
  return value <= SEED_MAX ? value : null;
}
