import table from '../../models/contracts/face-classes.json';

/** One row of the class table that the page and the models share. */
export interface FaceClass {
  /** The byte in a mask, 0–18. */
  index: number;
  key: string;
  label: string;
  group: string;
  /** The class that this one turns into when the picture is flipped left to right; itself unless it has a side. */
  mirror: number;
  /** `#rrggbb` of the published CelebAMask-HQ palette, used in files. */
  fileColour: string;
  /** `#rrggbb` of the palette on the screen. */
  displayColour: string;
}

export interface ClassGroup {
  name: string;
  classes: readonly FaceClass[];
}

export const FACE_CLASSES: readonly FaceClass[] = table.classes.map((row) => ({
  index: row.index,
  key: row.key,
  label: row.label,
  group: row.group,
  mirror: row.mirror,
  fileColour: row.file_colour,
  displayColour: row.display_colour,
}));

export const CLASS_COUNT = FACE_CLASSES.length;

export const BACKGROUND = 0;

/** The index 0–18 of a class by its key. @throws RangeError when the table has no such class */
export function classIndexOf(key: string): number {
  const row = FACE_CLASSES.find((each) => each.key === key);
  if (!row) throw new RangeError(`There is no face class “${key}”.`);
  return row.index;
}

/** Hair: the class a newcomer most often wants to change, and large enough to see. */
export const DEFAULT_CLASS = classIndexOf('hair');

/** `MIRROR_PARTNER[c]` is class c as seen in a mirror. */
export const MIRROR_PARTNER: Uint8Array<ArrayBuffer> = Uint8Array.from(FACE_CLASSES, (row) => row.mirror);

/** Groups in the order a face is painted: large regions first. */
const GROUP_ORDER = [
  'Skin and neck',
  'Hair and hat',
  'Eyes and brows',
  'Nose and mouth',
  'Accessories',
  'Clothes and background',
];

export const CLASS_GROUPS: readonly ClassGroup[] = GROUP_ORDER.map((name) => ({
  name,
  classes: FACE_CLASSES.filter((row) => row.group === name),
}));

/** @throws RangeError when the table has no such class */
export function faceClass(index: number): FaceClass {
  const row = FACE_CLASSES[index];
  if (!row) throw new RangeError(`There is no face class ${index}.`);
  return row;
}

/** `#rrggbb` → [r, g, b], each 0–255. */
export function parseColour(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
}
