/**
 * Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): a counter-based generator,
 * so a seed gives the same numbers here and in `models/codiff`, in any order and without state.
 * The layout of key and counter is pinned in `models/contracts/README.md`.
 */

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
/** Weyl increments: the golden ratio and √3 − 1 in 32 bits. */
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;
const TWO_POW_32 = 4294967296;

export type Quad = readonly [number, number, number, number];

/** High 32 bits of the unsigned 32 × 32 → 64 bit product; a float64 product would lose the low bits. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0;
}

/** One block of four uint32 from a 128-bit counter and a 64-bit key. */
export function philox(counter: Quad, key: readonly [number, number]): Quad {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0;
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** Uniform in the open interval (0, 1): half a step is added, so that the logarithm below never meets 0. */
function toUniform(bits: number): number {
  return (bits + 0.5) / TWO_POW_32;
}

/**
 * Standard normals by Box–Muller, in the contract's order.
 * @param seed uint32  @param stream 0 for the initial latent, i + 1 for the noise of step i  @param count how many
 */
export function normals(seed: number, stream: number, count: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(count);
  for (let start = 0; start < count; start += 4) {
    const [a0, a1, a2, a3] = philox([start / 4, stream, 0, 0], [seed >>> 0, 0]);
    const radius0 = Math.sqrt(-2 * Math.log(toUniform(a0)));
    const radius2 = Math.sqrt(-2 * Math.log(toUniform(a2)));
    const angle1 = 2 * Math.PI * toUniform(a1);
    const angle3 = 2 * Math.PI * toUniform(a3);
    // Writes past the end of a typed array are ignored, which is what a count that 4 does not divide needs.
    out[start] = radius0 * Math.cos(angle1);
    out[start + 1] = radius0 * Math.sin(angle1);
    out[start + 2] = radius2 * Math.cos(angle3);
    out[start + 3] = radius2 * Math.sin(angle3);
  }
  return out;
}
