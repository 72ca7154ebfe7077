/** The sample faces, each a list of parts from back to front, and the words that go with it. */
import { curls, elder, fringe, glasses, hat, sunglasses } from './dressedFaces.mjs';
import { bald, longHair, shortHair } from './plainFaces.mjs';
import { cap, ponytail, receding } from './posedFaces.mjs';

/** @typedef {import('./features.mjs').Part} Part */
/** @typedef {{ id: string, label: string, description: string, parts: Part[] }} Face */

/** The first is on the canvas at the first visit; in rows of three, as the page shows them. */
export const FACES = [
  longHair,
  shortHair,
  glasses,
  ponytail,
  receding,
  curls,
  hat,
  cap,
  fringe,
  sunglasses,
  elder,
  bald,
];
