/**
 * The parts that can be dropped into any mask, drawn for the standard face: the one that `features.mjs` draws without options. The
 * page moves, turns and scales every layer to the face in the mask by its anchor. Outlines are `x,y` pairs in pixels.
 */
import { curve, ellipse, fillOutline, loop, rough } from './curves.mjs';
import { AXIS, closedMouth, ears, eyes, neck, skin, smile } from './features.mjs';

/** @typedef {import('./curves.mjs').Point} Point */
/** @typedef {'eyes' | 'mouth' | 'head' | 'neck' | 'l_ear' | 'r_ear'} Anchor What of the face in the mask a layer follows. */
/**
 * @typedef {{ class: string, anchor: Anchor, covers: string[], absent?: string[], outline: readonly Point[] }} Layer `covers` are the
 *   classes that it may paint over; a layer with `absent` is left out when the mask has one of those classes.
 */
/** @typedef {{ id: string, label: string, layers: Layer[] }} PartToDrop */

const MOUTH = ['mouth', 'u_lip', 'l_lip'];
const EARS = ['l_ear', 'r_ear'];
const EYES = ['l_eye', 'r_eye'];
/** More than the whole picture, however the part is turned. */
const EVERYWHERE = box(-2000, -2000, 2500, 2500);
const FACE = skin()[1];
const SIZE = 512;
/** Of the standard face's mouth, as src/mask/standardFace.ts has it. */
const MOUTH_CENTRE = /** @type {const} */ ([257, 382]);

/** @param {number} left @param {number} top @param {number} right @param {number} bottom @returns {Point[]} */
function box(left, top, right, bottom) {
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
function layer(key, anchor, covers, outline) {
  return { class: key, anchor, covers, outline };
}

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

/** @type {PartToDrop} */
const longHair = {
  id: 'long-hair',
  label: 'Long hair',
  layers: [
    ...WITHOUT_HAIR,
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
    // An empty canvas gets hair around the place of a face.
    { ...layer('background', 'head', ['hair'], FACE), absent: ['skin'] },
    ...hairUnderHat(
      ['skin', 'background', ...EARS],
      [
        ...curve(
          '122,290 131,252 134,214 146,176 170,142 204,118 240,98 282,112 322,130 354,158 372,192 382,230 384,262 392,290',
        ),
        ...curve('426,240 412,110 360,10 257,-30 154,10 102,110 88,240'),
      ],
    ),
  ],
};

/** Hair in front of ears, neck and shoulders. @param {Point[]} inner @param {Point[]} outer @returns {Layer} */
function strand(inner, outer) {
  const outline = rough([...inner, ...outer], { amplitude: 4, wavelength: 120, seed: 1.4, calmAbove: 160 });
  return layer('hair', 'head', ['background', 'neck', 'cloth', ...EARS], outline);
}

/** @type {PartToDrop} */
const shortHair = {
  id: 'short-hair',
  label: 'Short hair',
  layers: [
    ...WITHOUT_HAIR,
    ...ears().map(([key, outline]) => ({ ...layer(key, 'head', ['background'], outline), absent: EARS })),
    ...hairUnderHat(
      ['background'],
      rough(
        loop(
          '120,300 112,256 107,206 106,146 116,88 148,40 198,12 257,4 318,10 368,38 400,86 408,146 407,206 402,256 394,300 376,250 257,180 138,250',
        ),
        { amplitude: 3, wavelength: 60, seed: 1.7 },
      ),
    ),
    ...hairUnderHat(
      ['skin', 'background', ...EARS],
      rough(
        [
          ...curve(
            '122,262 130,232 132,196 142,164 162,138 190,124 222,126 250,114 284,104 316,110 346,128 366,156 378,190 383,230 391,262',
          ),
          ...curve('404,220 400,130 350,40 257,14 164,40 114,130 110,220'),
        ],
        { amplitude: 2.5, wavelength: 54, seed: 0.9 },
      ),
    ),
  ],
};

/** @type {PartToDrop} */
const fringe = {
  id: 'fringe',
  label: 'Fringe',
  layers: [
    layer(
      'hair',
      'head',
      ['skin'],
      rough(
        [
          ...curve('108,262 126,244 136,208 172,198 214,195 257,193 300,196 342,199 378,208 388,244 406,262'),
          ...curve('440,120 380,-60 257,-120 134,-60 74,120'),
        ],
        { amplitude: 2, wavelength: 44, seed: 1.1 },
      ),
    ),
  ],
};

/** @type {PartToDrop} */
const glasses = {
  id: 'glasses',
  label: 'Glasses',
  layers: [
    // Eyes that dark lenses hid come back.
    ...eyes().map(([key, outline]) => ({ ...layer(key, 'eyes', ['eye_g'], outline), absent: EYES })),
    layer('skin', 'head', ['eye_g'], FACE),
    lens([
      ...curve('127,233 150,227 190,225 222,228 241,235 257,232 273,235 292,228 324,225 364,227 387,233'),
      ...curve(
        '387,242 374,247 369,268 352,286 324,291 296,283 281,262 275,248 257,243 239,248 233,262 218,283 190,291 162,286 145,268 140,247 127,242',
      ),
    ]),
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

/** Frame and lenses are one region: eyes lie on top of it, or are hidden. @param {Point[]} outline @param {string[]} [hides] */
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
