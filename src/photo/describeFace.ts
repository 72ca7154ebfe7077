/** A face in one sentence, in words that the text model has learned (models/contracts/README.md, “Editing a photo”). */
import { classIndexOf } from '../mask/classes';
import { readAttributes, type FaceLook } from './readAttributes';

type HairLength = 'short' | 'medium-length' | 'long';

/** Years. */
const CHILD_BELOW = 12;
const TEEN_BELOW = 20;
/** From twenty; the last for all above, too. */
const DECADES = ['twenties', 'thirties', 'forties', 'fifties', 'sixties'];
const SMILES = ['', 'gently smiling', 'smiling'];
const BEARDS = ['', 'stubble', 'a moustache', 'a beard', 'a long beard'];
const GLASSES = ['', 'glasses', 'sunglasses'];
const LENGTHS: Record<string, HairLength> = { s: 'short', m: 'medium-length', l: 'long' };
const COLOURS: Record<string, string> = { b: 'brown', k: 'black', l: 'blond', r: 'red', g: 'grey' };
/** Probability from which the colour of the hair is said. */
const SURE = 0.4;
/** Shares of the mask: hair that is enough to speak of; glasses and a hat, where there is no net to ask. */
const SOME_HAIR = 0.06;
const SOME_GLASSES = 0.003;
const SOME_HAT = 0.01;
/** Shares of the mask that are hair below the lips. */
const LONG = 0.09;
const MEDIUM = [0.008, 0.07] as const;
const SHORT = 0.003;

/**
 * @param numbers what the attribute net says, or `null` without one
 * @param mask class indices, row by row, `size` squared
 */
export function describeFace(numbers: Float32Array | null, mask: Uint8Array, size: number): string {
  const length = lengthInMask(mask, size);
  if (numbers) return fromLook(readAttributes(numbers), length, shareOf(mask, 'hair'));
  return sentence(
    ['person'],
    [length ? `${length} hair` : ''],
    [shareOf(mask, 'eye_g') >= SOME_GLASSES ? 'glasses' : '', shareOf(mask, 'hat') >= SOME_HAT ? 'a hat' : ''],
  );
}

function fromLook(look: FaceLook, seen: HairLength | null, hairShare: number): string {
  const is = (name: Parameters<FaceLook['label']>[0], value: string) => look.label(name).value === value;
  const number = (name: Parameters<FaceLook['label']>[0]) => Number(look.label(name).value);
  const [man, hat] = [is('gender', 'm'), is('hat', '1')];
  const bald = is('hairlen', 'n') && !seen && hairShare < SOME_HAIR;
  const isGoatee = number('beard') === 2 && look.attribute('Goatee') > look.attribute('Mustache');
  const beard = isGoatee ? 'a goatee' : BEARDS[number('beard')]!;
  return sentence(
    [bald ? 'bald' : '', SMILES[number('smile')]!, ...who(man, look.years)],
    [
      bald ? '' : hair(look, seen),
      bald || hat || is('bangs', '0') ? '' : 'bangs',
      man && look.years >= TEEN_BELOW ? beard : '',
      !man && is('makeup', '1') ? 'makeup' : '',
    ],
    [GLASSES[number('glasses')]!, hat ? 'a hat' : '', !man && look.attribute('Wearing_Earrings') > 0 ? 'earrings' : ''],
  );
}

function who(man: boolean, years: number): string[] {
  const [young, grown, their] = man ? ['boy', 'man', 'his'] : ['girl', 'woman', 'her'];
  if (years < CHILD_BELOW) return ['little', young];
  if (years < TEEN_BELOW) return [young, `in ${their} teens`];
  return [grown, `in ${their} ${DECADES[Math.min(Math.floor(years / 10) - 2, DECADES.length - 1)]}`];
}

/** “long blond hair”, “black hair tied back”: the colour only where it is sure; empty when nothing is known but that there is hair. */
function hair(look: FaceLook, seen: HairLength | null): string {
  const isUp = look.label('hairlen').value === 'u';
  const length = isUp ? '' : (seen ?? LENGTHS[look.label('hairlen').value] ?? '');
  const { value, probability } = look.label('haircol');
  return words([length, probability >= SURE ? COLOURS[value]! : '', 'hair', isUp ? 'tied back' : '']).join(' ');
}

/** The mask may be repainted, so it knows better than the net; `null` where it cannot tell (a hat, no mouth). */
function lengthInMask(mask: Uint8Array, size: number): HairLength | null {
  const lips = new Set(['mouth', 'u_lip', 'l_lip'].map(classIndexOf));
  const hairIndex = classIndexOf('hair');
  let [rows, count] = [0, 0];
  for (const [i, index] of mask.entries()) {
    if (!lips.has(index)) continue;
    rows += Math.floor(i / size);
    count++;
  }
  if (count === 0 || shareOf(mask, 'hair') < SOME_HAIR) return null;
  const below =
    mask.subarray(Math.floor(rows / count) * size).filter((index) => index === hairIndex).length / mask.length;
  if (below > MEDIUM[0] && below < MEDIUM[1]) return 'medium-length';
  if (below > LONG) return 'long';
  return below < SHORT ? 'short' : null;
}

function shareOf(mask: Uint8Array, key: string): number {
  const index = classIndexOf(key);
  return mask.filter((each) => each === index).length / mask.length;
}

function sentence(head: string[], having: string[], wearing: string[]): string {
  const [has, wears] = [words(having), words(wearing)];
  const withPart = has.length > 0 ? ` with ${list(has)}` : '';
  const comma = has.length > 0 ? ',' : '';
  const wornPart = wears.length > 0 ? `${comma} wearing ${list(wears)}` : '';
  return `A ${words(head).join(' ')}${withPart}${wornPart}.`;
}

function words(all: string[]): string[] {
  return all.filter((word) => word !== '');
}

function list(all: string[]): string {
  return all.length === 1 ? all[0]! : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
