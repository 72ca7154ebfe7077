/** The sample faces, each a list of parts from back to front, and the words that go with it. Outlines are `x,y` pairs in pixels. */
import { curlsAlong, curve, ellipse, loop, rough } from './curves.mjs';
import { brows, closedMouth, ears, eyes, neck, nose, skin, smile } from './features.mjs';

/** @typedef {import('./curves.mjs').Point} Point */
/** @typedef {import('./features.mjs').Part} Part */
/** @typedef {{ id: string, label: string, description: string, parts: Part[] }} Face */

/** @type {Face} */
const longHair = {
  id: 'long-hair',
  label: 'Long hair',
  description: 'A smiling woman in her thirties with long blond hair.',
  parts: [
    [
      'hair',
      rough(
        loop(
          '244,-8 318,2 378,40 408,102 420,176 428,256 444,336 456,410 452,470 462,540 256,580 52,540 64,470 54,404 68,330 86,250 94,174 106,102 136,42 184,4',
        ),
        { amplitude: 9, wavelength: 150, seed: 1.2, calmAbove: 40 },
      ),
    ],
    neck({ width: 62 }),
    ['cloth', curve('90,560 128,512 164,494 188,500 212,520 232,560')],
    ['cloth', curve('286,560 306,518 334,498 362,494 394,514 430,560')],
    skin({ width: 0.97, jaw: 0.98 }),
    ...brows({ thick: 0.85, arch: 1.1 }),
    ...eyes(),
    nose({ width: 0.93 }),
    ...smile({ full: 1.05 }),
    // The parting lies left of the middle; both sides fall over the temples and in front of the shoulders.
    [
      'hair',
      rough(
        [
          ...curve('230,40 224,92 206,112 178,142 156,188 143,240 135,296 134,350 147,404 160,450 154,492 162,540'),
          ...curve('60,560 78,380 92,230 110,120 150,40'),
        ],
        { amplitude: 4, wavelength: 120, seed: 0.4, calmAbove: 120 },
      ),
    ],
    [
      'hair',
      rough(
        [
          ...curve(
            '218,40 226,90 258,102 300,114 336,140 360,184 373,240 381,300 380,356 366,408 352,452 358,496 350,540',
          ),
          ...curve('450,560 436,380 422,220 404,110 350,30'),
        ],
        { amplitude: 4, wavelength: 130, seed: 2.6, calmAbove: 120 },
      ),
    ],
  ],
};

/** @type {Face} */
const shortHair = {
  id: 'short-hair',
  label: 'Short hair',
  description: 'A man in his twenties with short brown hair.',
  parts: [
    neck({ width: 84 }),
    ['cloth', [...curve('-20,540 40,488 104,464 164,448 186,478 222,508 250,540')]],
    ['cloth', [...curve('262,540 294,506 330,476 352,448 410,462 472,486 540,540')]],
    [
      'hair',
      rough(
        loop('122,256 110,204 105,146 112,90 142,44 194,12 256,2 322,6 372,34 402,84 411,144 404,204 392,256 256,200'),
        { amplitude: 3, wavelength: 64, seed: 0.7 },
      ),
    ],
    ...ears(),
    skin({ width: 0.99, jaw: 1.08, chin: 3 }),
    ...brows({ thick: 1.3, arch: 0.75, lift: -3 }),
    ...eyes({ open: 0.92 }),
    nose({ width: 1.06, turn: 2 }),
    ...closedMouth({ full: 0.86, width: 1.02 }),
    [
      'hair',
      rough(
        [
          ...curve(
            '124,262 131,228 134,190 146,160 160,134 184,122 210,110 236,118 268,104 304,96 334,108 352,132 366,160 380,190 382,228 389,262',
          ),
          ...curve('400,220 396,130 350,50 258,24 162,50 116,130 114,220'),
        ],
        { amplitude: 2.5, wavelength: 52, seed: 3.3 },
      ),
    ],
  ],
};

/** @type {Face} */
const glasses = {
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
    neck({ width: 60 }),
    ['cloth', curve('10,560 84,492 150,472 186,460 216,482 258,492 300,482 330,460 368,472 432,492 506,560')],
    skin({ width: 0.96, jaw: 0.95, turn: 2 }),
    ...brows({ thick: 0.9, lift: -2 }),
    nose({ width: 0.92, turn: 2 }),
    ...closedMouth({ full: 1.08, width: 0.94 }),
    [
      'eye_g',
      [
        ...curve('128,232 150,226 190,225 222,229 240,234 257,231 274,234 292,229 324,225 364,226 386,232'),
        ...curve(
          '386,241 374,246 368,268 352,284 324,288 297,281 283,262 276,246 257,241 238,246 231,262 217,281 190,288 162,284 146,268 140,246 128,241',
        ),
      ],
    ],
    ['skin', loop('152,238 190,234 224,239 224,258 212,274 190,280 166,277 154,264')],
    ['skin', loop('290,239 324,234 362,238 360,264 348,277 324,280 302,274 290,258')],
    ...eyes({ width: 0.96 }),
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
const hat = {
  id: 'hat',
  label: 'Hat',
  description: 'A smiling young woman wearing a hat, with long dark hair.',
  parts: [
    [
      'hair',
      rough(
        loop(
          '256,90 370,120 402,200 416,290 428,370 424,450 432,540 256,580 82,540 92,450 84,370 98,290 110,200 142,120',
        ),
        { amplitude: 7, wavelength: 140, seed: 2.2, calmAbove: 120 },
      ),
    ],
    neck({ width: 62 }),
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

/** @type {Face} */
const bald = {
  id: 'bald',
  label: 'Bald',
  description: 'An old bald man with a mustache of medium length.',
  parts: [
    neck({ width: 88 }),
    ['cloth', [...curve('-20,540 30,480 96,450 156,434 176,466 214,502 256,540')]],
    ['cloth', [...curve('256,540 304,500 338,466 356,434 416,450 482,478 540,540')]],
    [
      'hair',
      rough(loop('124,268 110,236 107,200 113,164 126,146 150,170 150,268'), {
        amplitude: 2.5,
        wavelength: 44,
        seed: 0.3,
      }),
    ],
    [
      'hair',
      rough(loop('390,268 404,236 408,200 402,166 389,148 364,170 364,268'), {
        amplitude: 2.5,
        wavelength: 44,
        seed: 2.3,
      }),
    ],
    ...ears({ out: 6 }),
    ['skin', loop('257,16 318,24 364,56 390,108 396,164 388,250 257,300 126,250 118,164 125,108 150,56 196,24')],
    skin({ width: 1.01, jaw: 1.1, chin: 4, turn: -2 }),
    [
      'hair',
      rough([...curve('116,150 126,176 129,212 126,250'), ...curve('112,250 106,212 110,170')], {
        amplitude: 1.5,
        wavelength: 40,
        seed: 1,
      }),
    ],
    [
      'hair',
      rough([...curve('398,152 389,178 386,212 388,250'), ...curve('402,250 408,212 405,172')], {
        amplitude: 1.5,
        wavelength: 40,
        seed: 2,
      }),
    ],
    ...brows({ thick: 1.2, arch: 0.8, lift: -4 }),
    ...eyes({ open: 0.8 }),
    nose({ width: 1.14, length: 1.01, turn: -2 }),
    ...closedMouth({ full: 0.72, width: 1 }),
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
const curls = {
  id: 'curls',
  label: 'Curls',
  description: 'A smiling woman with curly black hair and earrings.',
  parts: [
    ['hair', CLOUD],
    ...hairOf(curlsAlong(CLOUD, 21, 0.9)),
    neck({ width: 60 }),
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

/** @param {Point[][]} outlines @returns {Part[]} */
function hairOf(outlines) {
  return outlines.map((outline) => ['hair', outline]);
}

/** The first is on the canvas at the first visit. */
export const FACES = [longHair, shortHair, glasses, hat, bald, curls];
