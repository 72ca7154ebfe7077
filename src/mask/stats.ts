import { CLASS_COUNT, FACE_CLASSES } from './classes';
import type { ClassMask } from './classMask';

/** Share of the mask's pixels per class index, each 0–1; they sum to one. */
export function classShares(mask: ClassMask): number[] {
  const counts = new Uint32Array(CLASS_COUNT);
  for (const value of mask.data) counts[value]!++;
  return Array.from(counts, (count) => count / mask.data.length);
}

/** `0.3 %`, `< 0.1 %`, `31 %`: as exact as a person can use. Empty for nothing. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent === 0) return '';
  if (percent < 0.1) return '< 0.1 %';
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** One sentence for people who cannot see the mask, largest class first. */
export function describeMask(shares: readonly number[]): string {
  const parts = FACE_CLASSES.map((row) => ({ label: row.label, share: shares[row.index] ?? 0 }))
    .filter((part) => part.share > 0)
    .toSorted((a, b) => b.share - a.share)
    .map((part) => `${part.label} ${formatShare(part.share)}`);
  return `Mask: ${parts.join(', ')}.`;
}
