/** Faces seen from the front that wear something. Outlines are `x,y` pairs in pixels, from back to front. */
import { curlsAlong, curve, ellipse, loop, rough } from './curves.mjs';
import { brows, clearGlasses, closedMouth, ears, eyes, neck, nose, skin, smile } from './features.mjs';

/** @typedef {import('./curves.mjs').Point} Point */
/** @typedef {import('./features.mjs').Part} Part */
/** @typedef {import('./faces.mjs').Face} Face */

/** @type {Face} */
export const glasses = {
  id: 'glasses',
  label: 'Glasses',
  description: 'A young woman with glasses and brown hair with bangs.',
  parts: [
    [
      'hair',
      rough(
        loop(
          '252,0 330,8 386,52 414,122 422,206 428,296 430,372 412,432 370,452 256,420 146,456 104,438 86,376 88,300 94,210 102,126 128,56 180,12',
        ),
        { amplitude: 6, wavelength: 130, seed: 4.1, calmAbove: 60 },
      ),
    ],
    neck({ width: 82 }),
    ['cloth', curve('10,560 84,492 150,472 186,460 216,482 258,492 300,482 330,460 368,472 432,492 506,560')],
    skin({ width: 0.96, jaw: 0.95, turn: 2 }),
    ...brows({ thick: 0.9, lift: -2 }),
    nose({ width: 0.92, turn: 2 }),
    ...closedMouth({ full: 1.08, width: 0.94 }),
    clearGlasses(),
    ...eyes({ open: 0.85, width: 0.96 }),
    [
      'hair',
      rough(
        [
          ...curve(
            '148,400 137,350 131,300 131,252 140,218 166,202 208,190 254,194 302,186 348,198 374,216 384,250 385,300 379,350 368,400',
          ),
          ...curve('410,420 424,260 402,110 340,30 256,16 172,32 112,110 94,260 106,420'),
        ],
        { amplitude: 3, wavelength: 70, seed: 5.2 },
      ),
    ],
  ],
};

/** @type {Face} */
export const hat = {
  id: 'hat',
  label: 'Hat',
  description: 'A smiling young woman wearing a hat, with long dark hair.',
  parts: [
    ['cloth', curve('-30,560 16,520 76,494 136,480 256,500 376,480 436,494 496,520 542,560')],
    [
      'hair',
      rough(
        loop(
          '256,90 370,120 402,200 416,290 428,370 424,450 432,540 256,580 82,540 92,450 84,370 98,290 110,200 142,120',
        ),
        { amplitude: 7, wavelength: 140, seed: 2.2, calmAbove: 120 },
      ),
    ],
    neck({ width: 84 }),
    ['cloth', curve('60,560 110,500 158,484 190,490 220,516 258,526 298,516 328,490 360,484 408,500 456,560')],
    skin({ width: 0.97, jaw: 0.97 }),
    ...brows({ thick: 0.9, lift: -2 }),
    ...eyes({ open: 0.95 }),
    nose({ width: 0.96 }),
    ...smile({ open: 0.8, width: 0.95 }),
    [
      'hair',
      rough(
        [
          ...curve('150,130 146,190 139,250 135,310 140,370 154,430 150,480 160,540'),
          ...curve('90,560 96,380 108,240 126,130'),
        ],
        { amplitude: 3.5, wavelength: 110, seed: 1.9, calmAbove: 160 },
      ),
    ],
    [
      'hair',
      rough(
        [
          ...curve('362,130 369,190 377,250 381,310 374,370 360,430 362,480 350,540'),
          ...curve('424,560 420,380 406,240 388,130'),
        ],
        { amplitude: 3.5, wavelength: 120, seed: 3.7, calmAbove: 160 },
      ),
    ],
    ['hat', loop('136,150 140,92 158,36 196,2 236,-6 262,2 296,-8 334,4 362,40 378,94 382,148 258,176')],
    [
      'hat',
      loop(
        '34,164 48,146 104,138 180,128 258,126 340,126 416,132 468,138 482,154 462,170 404,176 334,182 258,186 184,186 112,184 56,180',
      ),
    ],
  ],
};

/** A round mass of hair, and the hairline that its curls leave free. */
const CLOUD = loop(
  '256,6 334,16 396,58 432,124 444,200 440,276 424,338 398,372 256,330 116,374 88,342 72,280 66,204 78,128 112,62 176,18',
);
const FRINGE = curve(
  '118,320 126,270 130,226 144,186 172,154 210,132 252,120 294,124 334,144 362,178 380,220 388,268 396,320',
);

/** @type {Face} */
export const curls = {
  id: 'curls',
  label: 'Curls',
  description: 'A smiling woman with curly black hair and earrings.',
  parts: [
    ['hair', CLOUD],
    ...hairOf(curlsAlong(CLOUD, 21, 0.9)),
    neck({ width: 82 }),
    ['cloth', curve('0,560 70,502 136,482 176,476 206,502 258,518 310,502 340,476 380,482 446,502 512,560')],
    skin({ width: 0.96, jaw: 0.96, turn: -2 }),
    ...brows({ thick: 0.95, arch: 1.2, lift: 1 }),
    ...eyes({ open: 1.08 }),
    nose({ width: 1.04, length: 0.98, turn: -1 }),
    ...smile({ full: 1.15, width: 0.98 }),
    [
      'neck_l',
      [...curve('180,486 216,508 256,516 298,508 334,486'), ...curve('336,491 299,514 256,523 214,514 178,491')],
    ],
    ['hair', [...FRINGE, ...curve('420,300 420,180 370,66 256,36 140,68 92,180 96,300')]],
    ...hairOf(curlsAlong(FRINGE, 13, 2.2)),
    ['ear_r', ellipse(126, 352, 8, 21)],
    ['ear_r', ellipse(389, 353, 8, 21)],
  ],
};

/** @type {Face} */
export const fringe = {
  id: 'fringe',
  label: 'Fringe',
  description: 'A teenage girl with long straight black hair and bangs.',
  parts: [
    // Shoulders go on behind the hair.
    ['cloth', curve('-30,560 16,520 76,494 136,480 256,500 376,480 436,494 496,520 542,560')],
    [
      'hair',
      rough(
        loop(
          '256,-6 330,6 384,46 412,108 424,190 430,290 436,380 440,470 444,560 256,590 70,560 74,470 78,380 84,290 90,190 102,108 130,46 184,6',
        ),
        { amplitude: 3, wavelength: 190, seed: 0.5, calmAbove: 100 },
      ),
    ],
    neck({ width: 78 }),
    ['cloth', curve('90,560 130,506 170,486 196,480 222,506 258,516 294,506 322,480 346,486 386,506 426,560')],
    skin({ width: 0.96, jaw: 0.98, chin: -4, turn: 1 }),
    ...brows({ thick: 0.85, arch: 0.7, lift: -5 }),
    ...eyes({ open: 1.08 }),
    nose({ width: 0.9, length: 0.97 }),
    ...closedMouth({ full: 1.05, width: 0.9 }),
    // Cut straight above the brows; the sides fall as two curtains.
    [
      'hair',
      rough(
        [
          ...curve('160,560 162,480 154,420 144,360 138,300 137,240 142,204'),
          ...curve('142,204 176,198 216,195 257,194 298,195 338,198 372,204'),
          ...curve('372,204 377,240 376,300 370,360 360,420 352,480 354,560'),
          ...curve('450,560 436,300 412,110 340,20 256,4 172,20 102,110 78,300 64,560'),
        ],
        { amplitude: 1.6, wavelength: 46, seed: 2.3 },
      ),
    ],
  ],
};

/** @type {Face} */
export const sunglasses = {
  id: 'sunglasses',
  label: 'Sunglasses',
  description: 'A man in his thirties with close-cropped black hair, wearing sunglasses.',
  parts: [
    neck({ width: 94 }),
    ['cloth', curve('-20,560 40,494 104,464 160,452 196,480 258,500 320,480 354,452 410,464 474,494 540,560')],
    [
      'hair',
      rough(
        loop(
          '124,262 114,220 111,170 120,114 148,66 194,38 257,30 320,38 368,66 394,114 403,170 400,220 390,262 256,200',
        ),
        { amplitude: 1, wavelength: 26, seed: 1.9 },
      ),
    ],
    ...ears({ out: 3 }),
    skin({ width: 1, jaw: 1.12, chin: 4, turn: 1 }),
    ...brows({ thick: 1.35, arch: 0.7, lift: 0 }),
    nose({ width: 1.12 }),
    ...closedMouth({ full: 0.92, width: 1.04 }),
    // Eyes behind dark lenses are not marked.
    [
      'eye_g',
      [
        ...curve('120,226 146,216 190,213 226,217 246,224 257,222 268,224 288,217 324,213 368,216 394,226'),
        ...curve(
          '394,240 386,262 368,288 340,300 312,296 288,278 276,252 257,240 238,252 226,278 202,296 174,300 146,288 128,262 120,240',
        ),
      ],
    ],
    [
      'hair',
      rough(
        [
          ...curve(
            '124,262 131,232 130,196 136,160 148,128 172,112 214,104 257,102 300,104 342,112 366,128 378,160 384,196 383,232 390,262',
          ),
          ...curve('402,220 396,130 350,60 257,32 164,60 118,130 112,220'),
        ],
        { amplitude: 1, wavelength: 22, seed: 0.8 },
      ),
    ],
  ],
};

/** Short hair that stands off the head in soft waves. */
const WAVES = loop(
  '256,14 320,18 372,42 408,88 424,146 426,206 416,262 394,300 256,300 120,300 98,262 88,206 90,146 104,88 140,42 192,18',
);

/** @type {Face} */
export const elder = {
  id: 'elder',
  label: 'Elder',
  description: 'An elderly woman with short wavy grey hair, wearing glasses and a necklace.',
  parts: [
    ['hair', rough(WAVES, { amplitude: 8, wavelength: 70, seed: 3.1 })],
    neck({ width: 88 }),
    ['cloth', [...curve('-20,560 40,500 110,472 168,462 190,486 224,512 256,560')]],
    ['cloth', [...curve('258,560 292,512 326,486 348,462 406,472 474,500 536,560')]],
    ...ears({ out: -4 }),
    skin({ width: 0.99, jaw: 1.1, chin: -2, turn: -1 }),
    ...brows({ thick: 0.7, arch: 0.9, lift: 1 }),
    nose({ width: 1.1, length: 1.02, turn: -2 }),
    ...closedMouth({ full: 0.74, width: 0.98 }),
    [
      'neck_l',
      [...curve('186,480 214,508 257,520 300,508 330,480'), ...curve('338,484 306,516 257,530 208,516 178,484')],
    ],
    [
      'eye_g',
      curve(
        '122,236 150,228 194,226 257,236 320,226 364,228 390,236 390,245 360,250 300,256 257,246 212,256 154,250 122,245',
      ),
    ],
    ['eye_g', ellipse(193, 251, 42, 37)],
    ['eye_g', ellipse(321, 251, 42, 37)],
    ...eyes({ open: 0.84, width: 0.96 }),
    [
      'hair',
      rough(
        [
          ...curve(
            '112,290 124,262 130,226 136,190 150,164 176,150 210,132 236,116 262,126 296,134 334,142 358,160 376,188 384,226 390,262 402,290',
          ),
          ...curve('426,230 410,110 350,36 256,20 162,36 102,110 88,230'),
        ],
        { amplitude: 5, wavelength: 58, seed: 1.7 },
      ),
    ],
  ],
};

/** @param {Point[][]} outlines @returns {Part[]} */
function hairOf(outlines) {
  return outlines.map((outline) => ['hair', outline]);
}
