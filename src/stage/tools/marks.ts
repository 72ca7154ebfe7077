import { BACKGROUND, MIRROR_PARTNER } from '../../mask/classes';
import type { Ink } from '../../mask/ink';
import type { MaskDocument } from '../../mask/maskDocument';
import { mirrorPoint } from '../../mask/mirror';
import type { Point } from '../../mask/raster';
import { unionRect, type Rect } from '../../mask/rect';
import { fillPolygon } from '../../mask/shapes';
import type { ToolContext } from './tool';

const NOTHING_CHANGED = 'Nothing changed.';

export function classInk({ classIndex, covers }: ToolContext): Ink {
  return { source: classIndex, covers };
}

export function eraserInk({ document, eraseTo, covers }: ToolContext): Ink {
  return { source: eraseTo === 'original' ? document.baseline.data : BACKGROUND, covers };
}

/** What the same mark leaves beyond the axis: a sided class its partner. An original needs no swap, as that place has its own. */
export function mirrorInk({ source, covers }: Ink): Ink {
  return { source: typeof source === 'number' ? MIRROR_PARTNER[source]! : source, covers };
}

/** Makes a mark, and with a mirror its image first: where both meet, the mark itself wins. @returns the rectangle around both */
export function markBoth(
  { axis }: ToolContext,
  ink: Ink,
  mark: (ink: Ink, place: (point: Point) => Point) => Rect | null,
): Rect | null {
  const image = axis === null ? null : mark(mirrorInk(ink), (point) => mirrorPoint(point, axis));
  return unionRect(
    image,
    mark(ink, (point) => point),
  );
}

/** Fills an outline with the chosen class as one step of the history. @returns the words, or that nothing has changed */
export function paintShape(context: ToolContext, label: string, outline: readonly Point[], words: string): string {
  const { document } = context;
  const changed = document.edit(label, (mask) =>
    markBoth(context, classInk(context), (ink, place) => fillPolygon(mask, outline.map(place), ink)),
  );
  return changed ? words : NOTHING_CHANGED;
}

/** Closes the document's gesture. @returns the words, or that nothing has changed */
export function commitAs(document: MaskDocument, words: string): string {
  const before = document.revision;
  document.commit();
  return document.revision === before ? NOTHING_CHANGED : words;
}
