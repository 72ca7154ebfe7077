import { describe, expect, it } from 'vitest';
import golden from '../../../models/contracts/fixtures/golden.json';
import type { GenerateJob } from '../shared/types';
import { findGpu, openBackend } from './backend';
import { PackStore } from './packStore';
import { Run, type StepOutcome } from './run';
import { createTokenizer } from './tokenize';

/**
 * Whole runs of the tiny pack, as Python's ONNX Runtime made them. Largest difference allowed in latents (values of about ±2),
 * influence weights (0 … 1) and pictures (0 … 1), after five steps with guidance: float32 kernels add in different orders, nothing more.
 */
const TOLERANCE = 1e-3;

const FOLDER = new URL(`/models/contracts/fixtures/${golden.pack}`, location.href).href;
const NEVER = new AbortController().signal;
const ignore = (): void => undefined;

interface Encoded {
  shape: number[];
  float32: string;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function decode({ shape, float32 }: Encoded): Float32Array {
  const values = new Float32Array(bytesOf(float32).buffer);
  expect(values).toHaveLength(shape.reduce((product, size) => product * size, 1));
  return values;
}

function expectClose(actual: Float32Array, expected: Float32Array): void {
  expect(actual).toHaveLength(expected.length);
  const largest = actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
  expect(largest).toBeLessThanOrEqual(TOLERANCE);
}

async function open(device: 'wasm' | 'webgpu', threads: number) {
  const store = await PackStore.open(FOLDER, NEVER);
  const opening = { store, threads, onProgress: ignore, signal: NEVER };
  const { networks } = await openBackend(opening, device, await findGpu(device));
  const tokenize = createTokenizer(await store.read(store.manifest.text_encoder!.tokenizer, NEVER));
  return { networks, manifest: store.manifest, tokenize };
}

function expectSteps(outcomes: readonly StepOutcome[], expected: (typeof golden.runs)[number]['steps']): void {
  for (const [i, { timestep, x0, influence }] of (expected ?? []).entries()) {
    const outcome = outcomes[i]!;
    expect(outcome.timestep).toBe(timestep);
    expectClose(outcome.x0, decode(x0));
    const weights = outcome.influence.flatMap((map) => [...map.weights]);
    expectClose(Float32Array.from(weights), decode(influence));
  }
}

async function expectReproduced(device: 'wasm' | 'webgpu', threads: number, runs: typeof golden.runs): Promise<void> {
  const { networks, manifest, tokenize } = await open(device, threads);
  for (const run of runs) {
    const job: GenerateJob = {
      mask: bytesOf(golden.mask.bytes),
      maskSize: golden.mask.size,
      description: golden.description,
      seed: golden.seed,
      steps: golden.steps,
      eta: run.eta,
      mode: run.mode,
    };
    const outcomes: StepOutcome[] = [];
    const latent = await new Run(manifest, job, tokenize).execute(networks, (outcome) => {
      outcomes.push(outcome);
      return Promise.resolve();
    });
    expect(outcomes).toHaveLength(golden.steps);
    expectClose(latent, decode(run.latent));
    expectSteps(outcomes, run.steps);
    if (!run.image) continue;
    const shape = [1, ...manifest.latent.shape];
    const image = await networks.run(manifest.codec.decoder, { latent: { data: latent, shape } });
    expectClose(image, decode(run.image));
  }
  await networks.close();
}

describe('the golden runs are reproduced', { timeout: 180_000 }, () => {
  it.each([1, 2])('on WASM with %i thread(s), in every mode', async (threads) => {
    await expectReproduced('wasm', threads, golden.runs);
  });

  it('on WebGPU, with influence and fresh noise', async () => {
    const noisy = golden.runs.filter(({ mode, eta }) => mode === 'both' && eta > 0);
    expect(noisy).toHaveLength(1);
    await expectReproduced('webgpu', 1, noisy);
  });
});
