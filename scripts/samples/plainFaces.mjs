/** Faces seen from the front, with nothing on them but hair. Outlines are `x,y` pairs in pixels, from back to front. */
import { curve, loop, rough } from './curves.mjs';
import { brows, closedMouth, ears, eyes, neck, nose, skin, smile } from './features.mjs';

/** @typedef {import('./faces.mjs').Face} Face */

/** @type {Face} */
export const longHair = {
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
    neck({ width: 84 }),
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
export const shortHair = {
  id: 'short-hair',
  label: 'Short hair',
  description: 'A man in his twenties with short brown hair.',
  parts: [
    neck({ width: 92 }),
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
export const bald = {
  id: 'bald',
  label: 'Bald',
  description: 'An old bald man with a mustache.',
  parts: [
    neck({ width: 96 }),
    ['cloth', [...curve('-20,540 30,480 96,450 156,434 176,466 214,502 256,540')]],
    ['cloth', [...curve('256,540 304,500 338,466 356,434 416,450 482,478 540,540')]],
    // What is left grows behind the ears.
    [
      'hair',
      rough(loop('128,300 110,286 100,250 98,208 106,166 122,140 150,170 160,260'), {
        amplitude: 2,
        wavelength: 44,
        seed: 0.3,
      }),
    ],
    [
      'hair',
      rough(loop('386,300 404,286 414,250 416,208 408,166 392,140 364,170 354,260'), {
        amplitude: 2,
        wavelength: 44,
        seed: 2.3,
      }),
    ],
    ...ears({ out: 6 }),
    ['skin', loop('257,16 318,24 364,56 390,108 396,164 388,250 257,300 126,250 118,164 125,108 150,56 196,24')],
    skin({ width: 1.01, jaw: 1.1, chin: 4, turn: -2 }),
    [
      'hair',
      rough([...curve('114,150 124,176 130,206 131,232 125,262'), ...curve('110,240 104,206 106,170')], {
        amplitude: 1.2,
        wavelength: 40,
        seed: 1,
      }),
    ],
    [
      'hair',
      rough([...curve('400,152 390,178 384,208 383,234 389,262'), ...curve('404,240 410,206 408,172')], {
        amplitude: 1.2,
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
