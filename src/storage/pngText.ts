/** Text in PNG files (`tEXt` chunks), put in without touching the picture: browsers encode quickly, but write no text. */

const SIGNATURE_BYTES = 8;
/** IHDR is always the first chunk and always as long; text may follow it. */
const AFTER_HEADER = SIGNATURE_BYTES + 25;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb8_8320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

/** @param entries keyword → Latin-1 text  @returns the same picture with the text after its header */
export function addPngText(png: Blob, entries: Readonly<Record<string, string>>): Blob {
  const chunks = Object.entries(entries).map(([keyword, text]) => textChunk(`${keyword}\0${text}`));
  return new Blob([png.slice(0, AFTER_HEADER), ...chunks, png.slice(AFTER_HEADER)], { type: 'image/png' });
}

/** JSON in ASCII alone: a `tEXt` chunk is Latin-1, and descriptions may be in any script. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Length, name, body, and a checksum over name and body. */
function textChunk(body: string): Uint8Array<ArrayBuffer> {
  const named = Uint8Array.from(`tEXt${body}`, (character) => character.charCodeAt(0));
  const chunk = new Uint8Array(named.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, named.length - 4);
  chunk.set(named, 4);
  view.setUint32(chunk.length - 4, checksum(named));
  return chunk;
}

function checksum(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffff_ffff) >>> 0;
}
