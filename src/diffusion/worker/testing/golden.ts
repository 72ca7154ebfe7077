/** Reading and comparing what `python -m codiff fixtures` wrote. */
import { expect } from 'vitest';
import type { DeviceChoice } from '../../shared/types';
import { findGpu, openBackend } from '../backend';
import { PackStore } from '../packStore';
import { createTokenizer } from '../tokenize';

/**
 * Largest difference allowed in latents (values of about ±2), influence weights (0 … 1) and pictures (0 … 1) of whole runs of the
 * tiny pack, which Python's ONNX Runtime made: float32 kernels add in different orders, nothing more.
 */
const TOLERANCE = 1e-3;

const NEVER = new AbortController().signal;

export interface Encoded {
  shape: number[];
  float32: string;
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

export function decodeFloats({ shape, float32 }: Encoded): Float32Array<ArrayBuffer> {
  const values = new Float32Array(bytesOf(float32).buffer);
  expect(values).toHaveLength(shape.reduce((product, size) => product * size, 1));
  return values;
}

export function expectClose(actual: Float32Array, expected: Float32Array, tolerance = TOLERANCE): void {
  expect(actual).toHaveLength(expected.length);
  const largest = actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
  expect(largest).toBeLessThanOrEqual(tolerance);
}

/** A pack of the fixtures on a device. */
export async function openFixture(pack: string, device: DeviceChoice, threads: number) {
  const store = await PackStore.open(new URL(`/models/contracts/fixtures/${pack}`, location.href).href, NEVER);
  const opening = { store, threads, onProgress: () => undefined, signal: NEVER };
  const backend = await openBackend(opening, device, await findGpu(device));
  const tokenize = createTokenizer(await store.read(store.manifest.text_encoder!.tokenizer, NEVER));
  return { opening, backend, networks: backend.networks, manifest: store.manifest, tokenize };
}
