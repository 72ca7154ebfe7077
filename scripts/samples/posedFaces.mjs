/** Faces turned aside or leaning. Outlines are `x,y` pairs in pixels, from back to front; turned ones are drawn facing the picture's right. */
import { curve, ellipse, loop, rough } from './curves.mjs';
import { brows, closedMouth, ears, eyes, neck, nose, skin, smile } from './features.mjs';
import { mirrored, tilted, turned, turnedSkin } from './pose.mjs';

/** @typedef {import('./faces.mjs').Face} Face */

/** Degrees: as far as a portrait still shows both eyes well. */
const TURN = 21;
/** Degrees by which shoulders lean against a head that leans to the other side. */
const LEAN = -8;

/** @type {Face} */
export const ponytail = {
  id: 'ponytail',
  label: 'Ponytail',
  description: 'A smiling woman in her forties with brown hair tied back, wearing earrings.',
  parts: mirrored([
    // The tail hangs from the back of the head, behind the shoulder.
    [
      'hair',
      rough(
        loop('70,150 40,176 22,230 14,300 16,372 26,440 34,500 60,540 92,520 106,470 112,410 112,340 104,270 92,200'),
        { amplitude: 6, wavelength: 110, seed: 2.1, calmAbove: 150 },
      ),
    ],
    [
      'hair',
      loop(
        '240,10 296,16 334,44 354,88 360,132 354,176 340,214 200,300 124,318 84,284 64,224 60,160 78,96 124,44 184,16',
      ),
    ],
    ['neck', loop('140,360 142,420 140,460 118,486 70,512 60,540 330,540 316,500 304,470 300,420 296,380 220,340')],
    ['cloth', curve('-20,560 30,512 84,486 116,474 142,498 190,524 244,530 290,514 318,488 366,500 430,524 470,560')],
    turnedSkin({ width: 0.97, jaw: 0.96 }),
    ...turned(
      [...brows({ thick: 0.85, arch: 1.1 }), ...eyes(), nose({ width: 0.92 }), ...smile({ width: 0.98, open: 0.9 })],
      TURN,
    ),
    // Combed back from the forehead; the hairline runs down in front of the ear.
    [
      'hair',
      [
        ...curve(
          '106,276 117,262 118,238 116,212 122,186 134,158 154,132 184,114 222,104 266,102 304,110 330,130 345,158 351,190',
        ),
        ...curve('353,190 362,140 352,70 290,10 230,6 150,24 84,84 58,180 82,276'),
      ],
    ],
    ['r_ear', loop('108,240 96,234 84,238 79,256 82,282 89,306 97,325 107,327 113,312 115,276')],
    ['ear_r', ellipse(99, 349, 8, 20)],
  ]),
};

/** @type {Face} */
export const receding = {
  id: 'receding',
  label: 'Receding',
  description: 'A man in his fifties with short grey hair and a receding hairline.',
  parts: [
    [
      'hair',
      rough(
        loop('236,20 290,26 332,56 352,100 350,150 300,200 160,300 110,312 76,292 58,248 54,190 66,126 104,68 166,30'),
        { amplitude: 2.5, wavelength: 50, seed: 0.9 },
      ),
    ],
    ['neck', loop('116,340 116,420 112,456 90,480 50,512 40,540 350,540 330,500 318,470 312,420 306,380 220,340')],
    ['cloth', [...curve('-40,560 0,500 50,470 100,448 128,474 168,510 210,560')]],
    ['cloth', [...curve('230,560 274,520 308,486 322,456 374,472 440,498 500,560')]],
    ['skin', loop('250,46 304,52 338,88 352,134 353,200 256,260 130,220 120,170 140,110 184,62')],
    turnedSkin({ width: 1.02, jaw: 1.06, chin: 4 }),
    ...turned(
      [
        ...brows({ thick: 1.25, arch: 0.8, lift: -3 }),
        ...eyes({ open: 0.86 }),
        nose({ width: 1.08 }),
        ...closedMouth({ full: 0.8 }),
      ],
      TURN,
    ),
    // The hairline has gone back over both temples and left a tongue of hair between them.
    [
      'hair',
      rough(
        [
          ...curve(
            '98,290 113,272 115,244 112,216 120,192 138,176 146,148 144,114 158,82 184,64 212,68 236,86 262,98 286,90 302,68 322,66 338,84 347,112 349,138',
          ),
          ...curve('354,138 350,92 340,60 296,14 220,10 136,38 72,106 50,200 76,290'),
        ],
        { amplitude: 1.6, wavelength: 46, seed: 2.8 },
      ),
    ],
    ['r_ear', loop('104,238 90,230 76,234 69,254 73,284 80,310 88,331 100,335 109,318 112,276')],
  ],
};

/**
 * The head leans to one side. As pictures are aligned by the eyes, it stays upright in them, and the shoulders lean to the other.
 *
 * @type {Face}
 */
export const cap = {
  id: 'cap',
  label: 'Cap',
  description: 'A smiling young man wearing a cap, with short brown hair.',
  parts: [
    ...tilted(
      [
        neck({ width: 82 }),
        ['cloth', curve('-10,600 52,514 110,484 172,466 198,490 258,512 318,490 342,466 404,484 462,514 540,600')],
      ],
      LEAN,
      [257, 440],
    ),
    [
      'hair',
      rough(loop('118,276 106,240 104,196 112,150 256,90 402,150 410,196 408,240 396,276 256,200'), {
        amplitude: 3,
        wavelength: 40,
        seed: 1.1,
      }),
    ],
    ...ears({ out: 4 }),
    skin({ width: 1, jaw: 1.05, chin: 2 }),
    ...brows({ thick: 1.1, arch: 0.85, lift: -2 }),
    ...eyes(),
    nose(),
    ...smile({ open: 0.85 }),
    [
      'hair',
      rough([...curve('128,262 124,226 134,200 150,196'), ...curve('120,160 112,200 114,244')], {
        amplitude: 1.5,
        wavelength: 30,
        seed: 0.2,
      }),
    ],
    [
      'hair',
      rough([...curve('388,262 391,226 380,200 366,196'), ...curve('396,160 402,200 400,244')], {
        amplitude: 1.5,
        wavelength: 30,
        seed: 1.2,
      }),
    ],
    // Worn askew, the peak towards the picture's right.
    [
      'hat',
      loop('108,176 106,124 124,66 166,22 222,-2 258,-6 296,-2 350,22 390,66 407,124 406,170 330,182 256,184 180,182'),
    ],
    ['hat', loop('226,158 300,140 372,142 436,160 482,188 490,206 474,214 424,204 350,192 280,186 234,180')],
  ],
};
