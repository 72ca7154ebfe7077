/**
 * The parts that can be dropped into any mask, drawn for the standard face: the one that `features.mjs` draws without options. The
 * page moves, turns and scales every layer to the face in the mask by its anchor. Outlines are `x,y` pairs in pixels.
 */
import { curve, ellipse, fillOutline, loop } from './curves.mjs';
import { AXIS, clearGlasses, closedMouth, eyes, smile } from './features.mjs';
import { fringe, longHair, shortHair } from './hairParts.mjs';
import { box, EARS, EVERYWHERE, EYES, FACE, layer } from './layers.mjs';

/** @typedef {import('./curves.mjs').Point} Point */
/** @typedef {import('./layers.mjs').Layer} Layer */
/** @typedef {import('./layers.mjs').PartToDrop} PartToDrop */

const MOUTH = ['mouth', 'u_lip', 'l_lip'];
const SIZE = 512;
/** Of the standard face's mouth, as src/mask/standardFace.ts has it. */
const MOUTH_CENTRE = /** @type {const} */ ([257, 382]);

/** @type {PartToDrop} */
const glasses = {
  id: 'glasses',
  label: 'Glasses',
  layers: [
    // Eyes that dark lenses hid come back.
    ...eyes().map(([key, outline]) => ({ ...layer(key, 'eyes', ['eye_g'], outline), absent: EYES })),
    layer('skin', 'head', ['eye_g'], FACE),
    lens(clearGlasses()[1]),
  ],
};

/** @type {PartToDrop} */
const sunglasses = {
  id: 'sunglasses',
  label: 'Sunglasses',
  layers: [
    layer('skin', 'head', ['eye_g'], FACE),
    lens(
      [
        ...curve('120,228 146,217 190,213 228,217 246,225 257,223 268,225 286,217 324,213 368,217 394,228'),
        ...curve(
          '394,241 387,264 368,290 340,302 312,298 287,279 275,252 257,241 239,252 227,279 202,298 174,302 146,290 127,264 120,241',
        ),
      ],
      EYES,
    ),
  ],
};

/** Frame and lenses are one region: eyes lie on top of it, or are hidden. @param {readonly Point[]} outline @param {string[]} [hides] */
function lens(outline, hides = []) {
  return layer('eye_g', 'eyes', ['background', 'skin', 'nose', 'eye_g', ...EARS, ...hides], outline);
}

/** @type {PartToDrop} */
const hat = {
  id: 'hat',
  label: 'Hat',
  layers: [
    layer('background', 'head', ['hair', 'skin', 'hat'], box(-2000, -2000, 2500, 160)),
    layer('skin', 'head', ['hat'], FACE),
    layer('background', 'head', ['hat'], EVERYWHERE),
    ...[
      loop('130,152 136,94 154,38 192,4 232,-6 260,0 294,-8 332,2 364,38 380,94 386,150 258,176'),
      loop(
        '30,166 46,148 104,139 180,129 258,126 338,127 414,133 470,141 486,156 464,172 404,178 334,184 258,187 184,186 112,184 54,181',
      ),
    ].map((outline) => layer('hat', 'head', ['background', 'hair', 'skin', ...EARS], outline)),
  ],
};

/** @type {PartToDrop} */
const earrings = {
  id: 'earrings',
  label: 'Earrings',
  layers: [earring('r_ear', 126), earring('l_ear', 387)],
};

/** @param {'l_ear' | 'r_ear'} anchor @param {number} x of the lobe @returns {Layer} */
function earring(anchor, x) {
  return {
    ...layer('ear_r', anchor, ['background', 'skin', 'hair', 'neck', 'cloth', ...EARS], ellipse(x, 346, 8, 20)),
    absent: ['ear_r'],
  };
}

/** @type {PartToDrop} */
const necklace = {
  id: 'necklace',
  label: 'Necklace',
  layers: [
    [
      ...curve('184,458 200,482 226,497 257,502 288,497 314,482 330,458'),
      ...curve('337,462 320,488 291,504 257,509 223,504 194,488 177,462'),
    ],
    ellipse(AXIS, 506, 9, 9),
  ].map((outline) => layer('neck_l', 'neck', ['background', 'neck', 'cloth'], outline)),
};

/**
 * A mouth in the place of the old one.
 *
 * @param {string} id @param {string} label @param {readonly import('./features.mjs').Part[]} lips
 * @returns {PartToDrop}
 */
function mouth(id, label, lips) {
  const { dx, dy } = toMouth(lips);
  return {
    id,
    label,
    layers: [
      layer('skin', 'mouth', MOUTH, ellipse(AXIS, 381, 130, 80)),
      ...lips.map(([key, outline]) =>
        layer(
          key,
          'mouth',
          ['background', 'skin', ...MOUTH],
          outline.map(([x, y]) => [x + dx, y + dy]),
        ),
      ),
    ],
  };
}

/** The way from the lips' centre to the standard mouth's, so that one mouth after the other stays in place. @param {readonly import('./features.mjs').Part[]} lips */
function toMouth(lips) {
  const mask = new Uint8Array(SIZE * SIZE);
  for (const [, outline] of lips) fillOutline(mask, SIZE, outline, 1);
  let [x, y, count] = [0, 0, 0];
  for (const [i, value] of mask.entries()) {
    x += value * ((i % SIZE) + 0.5);
    y += value * (Math.floor(i / SIZE) + 0.5);
    count += value;
  }
  return { dx: MOUTH_CENTRE[0] - x / count, dy: MOUTH_CENTRE[1] - y / count };
}

export const PARTS = [
  glasses,
  sunglasses,
  longHair,
  shortHair,
  fringe,
  hat,
  earrings,
  necklace,
  mouth('smile', 'Smile', smile()),
  mouth('closed-mouth', 'Closed mouth', closedMouth()),
];
