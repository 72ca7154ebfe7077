import { MaskFileError, type MaskFileProblem } from './maskFileError';

/** Bytes that open a file of a format, as latin-1 text; `?` stands for any byte. */
const SIGNATURES: readonly [opening: string, problem: MaskFileProblem, name: string][] = [
  ['\u00ff\u00d8\u00ff', 'photo', 'JPEG'],
  ['RIFF????WEBP', 'photo', 'WebP'],
  ['????ftypavif', 'photo', 'AVIF'],
  ['????ftyphei', 'format', 'HEIC'],
  ['????ftyphev', 'format', 'HEIC'],
  ['????ftypmif1', 'format', 'HEIC'],
  ['????ftyp', 'format', 'video'],
  ['GIF8', 'format', 'GIF'],
  ['BM', 'format', 'BMP'],
  ['II*\0', 'format', 'TIFF'],
  ['MM\0*', 'format', 'TIFF'],
  ['8BPS', 'format', 'Photoshop'],
  ['%PDF', 'format', 'PDF'],
  ['PK\u0003\u0004', 'format', 'ZIP'],
];
const PNG_SIGNATURE = '\u0089PNG\r\n\u001a\n';
/** As much of the start as tells a text from anything else, in bytes. */
const HEAD = 64;

/** @throws MaskFileError naming what the bytes are, unless they open like a PNG */
export function requirePng(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new MaskFileError('empty');
  const head = String.fromCharCode(...bytes.subarray(0, HEAD));
  if (opensWith(head, PNG_SIGNATURE)) return;
  const known = SIGNATURES.find(([opening]) => opensWith(head, opening));
  if (known) throw new MaskFileError(known[1], known[2]);
  // A signature that was cut short is a PNG all the same.
  if (PNG_SIGNATURE.startsWith(head)) throw new MaskFileError('damaged');
  throw new MaskFileError(isText(head) ? 'text' : 'unknown');
}

function opensWith(head: string, opening: string): boolean {
  return head.length >= opening.length && Array.from(opening).every((char, i) => char === '?' || char === head[i]);
}

/** No control characters but tabs and line ends; UTF-8 letters beyond ASCII pass. */
function isText(head: string): boolean {
  return /^[\t\r\n -\u00ff]*$/.test(head);
}
