/** Heads that are not seen straight on: features of the front view moved as a round head carries them. */
import { AXIS } from './features.mjs';
import { flip, loop } from './curves.mjs';

/** @typedef {import('./curves.mjs').Point} Point */
/** @typedef {import('./features.mjs').Part} Part */

/** Radius of the ball that stands for the head, in pixels. */
const HEAD = 150;
/** How far the eyes lie in front of the head's centre: they stay where they are, as pictures are aligned by the eyes. */
const EYES = 136;
/** How far the tip of the nose and the middle of the lips stand out of the ball, in pixels. */
const NOSE_TIP = 42;
const LIPS = 8;

/**
 * Features of the front view on a head turned to the picture's right.
 *
 * @param {readonly Part[]} parts brows, eyes, nose, lips @param {number} degrees 0–30
 * @returns {Part[]}
 */
export function turned(parts, degrees) {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return parts.map(([key, outline]) => [
    key,
    outline.map(([x, y]) => {
      const across = x - AXIS;
      const depth = Math.sqrt(Math.max(HEAD * HEAD - across * across, 0)) + relief(key, across, y);
      return [AXIS + across * cos + (depth - EYES) * sin, y];
    }),
  ]);
}

/** Pixels by which a feature stands out of the ball. @param {string} key @param {number} across @param {number} y */
function relief(key, across, y) {
  if (key === 'nose') {
    const along = Math.min(Math.max((y - 245) / 80, 0), 1);
    return NOSE_TIP * along * Math.max(1 - (across / 46) ** 2, 0);
  }
  return ['u_lip', 'l_lip', 'mouth'].includes(key) ? LIPS * (1 - (across / 70) ** 2) : 0;
}

/**
 * The face's skin on a head turned some 20° to the picture's right: the far side ends at brow and cheekbone, the near one at the ear.
 *
 * @param {{ width?: number, jaw?: number, chin?: number }} [options] `width` scales all, `jaw` the near side's lower third, `chin`
 *   moves the chin down in pixels
 * @returns {Part}
 */
export function turnedSkin({ width = 1, jaw = 1, chin = 0 } = {}) {
  /** @type {Point[]} From the hairline down the far side to the chin, and up the near side. */
  const outline = [
    [20, 92],
    [58, 106],
    [82, 136],
    [93, 172],
    [97, 206],
    [92, 240],
    [95, 270],
    [97, 294],
    [91, 330],
    [83, 366],
    [73, 400],
    [60, 434],
    [40, 460],
    [10, 472],
    [-24, 463],
    [-66, 438],
    [-104, 406],
    [-132, 368],
    [-146, 326],
    [-152, 280],
    [-152, 236],
    [-146, 186],
    [-126, 138],
    [-88, 106],
    [-34, 92],
  ];
  return [
    'skin',
    loop(
      outline.map(([x, y]) => {
        const low = Math.min(Math.max((y - 300) / 170, 0), 1);
        const square = x < 0 ? 1 + (jaw - 1) * Math.sin(low * Math.PI * 0.8) : 1;
        return /** @type {Point} */ ([AXIS + x * width * square, y + chin * low]);
      }),
    ),
  ];
}

/** The same facing the other way: seen in a mirror, with left and right exchanged. @param {readonly Part[]} parts @returns {Part[]} */
export function mirrored(parts) {
  return parts.map(([key, outline]) => {
    const other = key.startsWith('l_') && key !== 'l_lip' ? key.replace('l_', 'r_') : key.replace(/^r_/, 'l_');
    return [other, flip(outline, AXIS)];
  });
}

/**
 * Parts turned in the picture's plane.
 *
 * @param {readonly Part[]} parts @param {number} degrees clockwise @param {Point} about
 * @returns {Part[]}
 */
export function tilted(parts, degrees, [cx, cy]) {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return parts.map(([key, outline]) => [
    key,
    outline.map(([x, y]) => [cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos]),
  ]);
}
