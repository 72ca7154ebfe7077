/** What the parts to drop in are made of. */
import { skin } from './features.mjs';

/** @typedef {import('./curves.mjs').Point} Point */
/** @typedef {'eyes' | 'mouth' | 'head' | 'neck' | 'l_ear' | 'r_ear'} Anchor What of the face in the mask a layer follows. */
/**
 * @typedef {{ class: string, anchor: Anchor, covers: string[], absent?: string[], outline: readonly Point[] }} Layer `covers` are the
 *   classes that it may paint over; a layer with `absent` is left out when the mask has one of those classes.
 */
/** @typedef {{ id: string, label: string, layers: Layer[] }} PartToDrop */

export const EARS = ['l_ear', 'r_ear'];
export const EYES = ['l_eye', 'r_eye'];
/** More than the whole picture, however the part is turned. */
export const EVERYWHERE = box(-2000, -2000, 2500, 2500);
export const FACE = skin()[1];

/** @param {number} left @param {number} top @param {number} right @param {number} bottom @returns {Point[]} */
export function box(left, top, right, bottom) {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}

/**
 * @param {string} key @param {Anchor} anchor @param {string[]} covers @param {readonly Point[]} outline
 * @returns {Layer}
 */
export function layer(key, anchor, covers, outline) {
  return { class: key, anchor, covers, outline };
}
