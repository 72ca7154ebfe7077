/** Hair to drop in. Outlines are `x,y` pairs in the standard face's pixels. */
import { curve, flip, loop, rough } from './curves.mjs';
import { AXIS, ears, neck } from './features.mjs';
import { EARS, EVERYWHERE, FACE, layer } from './layers.mjs';

/** @typedef {import('./curves.mjs').Point} Point */
/** @typedef {import('./layers.mjs').Layer} Layer */
/** @typedef {import('./layers.mjs').PartToDrop} PartToDrop */

/** Around any skull, from right to left. */
const SCALP = curve('430,240 440,110 380,-60 257,-120 134,-60 74,110 84,240');
/** A row below the brim of a hat. */
const BRIM = 172;

/** Hair that shows in full without a hat, and only below one. @param {string[]} covers @param {readonly Point[]} outline @returns {Layer[]} */
function hairUnderHat(covers, outline) {
  const below = outline.map(([x, y]) => /** @type {Point} */ ([x, Math.max(y, BRIM)]));
  return [{ ...layer('hair', 'head', covers, outline), absent: ['hat'] }, layer('hair', 'head', covers, below)];
}

/** Where old hair is taken away, what it hid is there again. @type {Layer[]} */
const WITHOUT_HAIR = [
  layer('skin', 'head', ['hair'], FACE),
  layer(
    'cloth',
    'head',
    ['hair'],
    curve('-20,560 30,506 96,478 160,464 186,458 212,482 257,496 302,482 328,458 354,464 418,478 484,506 534,560'),
  ),
  layer('neck', 'head', ['hair'], neck()[1]),
  layer('background', 'head', ['hair'], EVERYWHERE),
];

/** An empty canvas gets hair around the place of a face. @type {Layer} */
const AROUND_FACE = { ...layer('background', 'head', ['hair'], FACE), absent: ['skin'] };

/** @type {PartToDrop} */
export const longHair = {
  id: 'long-hair',
  label: 'Long hair',
  layers: [
    ...WITHOUT_HAIR,
    layer('background', 'head', EARS, EVERYWHERE),
    ...hairUnderHat(
      ['background'],
      rough(
        loop(
          '257,-4 326,4 380,40 410,104 424,184 432,268 442,350 450,430 452,500 458,600 257,640 56,600 62,500 64,430 72,350 82,268 90,184 104,104 134,40 188,4',
        ),
        { amplitude: 7, wavelength: 150, seed: 2.2, calmAbove: 60 },
      ),
    ),
    strand(
      curve('128,180 134,240 136,300 138,356 148,410 160,456 158,500 164,600'),
      curve('40,600 60,480 78,340 92,200'),
    ),
    strand(
      curve('386,180 380,240 378,300 377,356 368,406 354,452 358,498 350,600'),
      curve('474,600 454,480 436,340 422,200'),
    ),
    AROUND_FACE,
    ...hairUnderHat(
      ['skin'],
      [
        ...curve(
          '122,290 131,252 134,214 146,176 170,142 204,118 240,98 282,112 322,130 354,158 372,192 382,230 384,262 392,290',
        ),
        ...SCALP,
      ],
    ),
  ],
};

/** Hair in front of ears, neck and shoulders. @param {Point[]} inner @param {Point[]} outer @returns {Layer} */
function strand(inner, outer) {
  const outline = rough([...inner, ...outer], { amplitude: 4, wavelength: 120, seed: 1.4, calmAbove: 160 });
  return layer('hair', 'head', ['background', 'neck', 'cloth', ...EARS], outline);
}

const BESIDE_EAR = loop('346,190 392,186 402,230 398,280 388,312 346,312');

/** @type {PartToDrop} */
export const shortHair = {
  id: 'short-hair',
  label: 'Short hair',
  layers: [
    ...WITHOUT_HAIR,
    ...ears().map(([key, outline]) => ({ ...layer(key, 'head', ['background'], outline), absent: EARS })),
    // Between an ear that stands off and the cheek.
    layer('hair', 'l_ear', ['background'], BESIDE_EAR),
    layer('hair', 'r_ear', ['background'], flip(BESIDE_EAR, AXIS)),
    ...hairUnderHat(
      ['background'],
      rough(
        loop(
          '120,300 112,256 107,206 106,146 116,88 148,40 198,12 257,4 318,10 368,38 400,86 408,146 407,206 402,256 394,300 376,250 257,180 138,250',
        ),
        { amplitude: 3, wavelength: 60, seed: 1.7 },
      ),
    ),
    AROUND_FACE,
    ...hairUnderHat(
      ['skin'],
      rough(
        [
          ...curve(
            '122,262 130,232 132,196 142,164 162,138 190,124 222,126 250,114 284,104 316,110 346,128 366,156 378,190 383,230 391,262',
          ),
          ...SCALP,
        ],
        { amplitude: 2.5, wavelength: 54, seed: 0.9 },
      ),
    ),
  ],
};

/** @type {PartToDrop} */
export const fringe = {
  id: 'fringe',
  label: 'Fringe',
  layers: [
    layer(
      'hair',
      'head',
      ['skin'],
      rough(
        [...curve('108,262 126,244 136,208 172,198 214,195 257,193 300,196 342,199 378,208 388,244 406,262'), ...SCALP],
        { amplitude: 2, wavelength: 44, seed: 1.1 },
      ),
    ),
  ],
};
