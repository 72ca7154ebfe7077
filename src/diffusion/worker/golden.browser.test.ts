import { describe, expect, it } from 'vitest';
import editing from '../../../models/contracts/fixtures/edit.json';
import golden from '../../../models/contracts/fixtures/golden.json';
import { editFiles } from '../shared/manifest';
import type { EditJob, GenerateJob } from '../shared/types';
import { openMissing } from './backend';
import { EditRun } from './editRun';
import { readFace } from './faces/readFace';
import { Inversion } from './inversion';
import { Run, type StepOutcome } from './run';
import { bytesOf, decodeFloats, expectClose, openFixture } from './testing/golden';

type Pack = Awaited<ReturnType<typeof openFixture>>;

/** Places whose classes are decided by rounding: the parser of the tiny pack has random weights. */
const PARSER_TIES = 4;

const FACE = opaque(bytesOf(editing.rgb));

function opaque(rgb: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const places = rgb.length / 3;
  const out = new Uint8ClampedArray(places * 4).fill(255);
  for (let place = 0; place < places; place++) out.set(rgb.subarray(place * 3, place * 3 + 3), place * 4);
  return out;
}

function sideOf({ mask, description }: typeof editing.source) {
  return { mask: bytesOf(mask), maskSize: editing.size, description };
}

function expectSteps(outcomes: readonly StepOutcome[], expected: (typeof golden.runs)[number]['steps']): void {
  for (const [i, { timestep, x0, influence }] of (expected ?? []).entries()) {
    const outcome = outcomes[i]!;
    expect(outcome.timestep).toBe(timestep);
    expectClose(outcome.x0, decodeFloats(x0));
    const weights = outcome.influence.flatMap((map) => [...map.weights]);
    expectClose(Float32Array.from(weights), decodeFloats(influence));
  }
}

async function expectGenerated({ networks, manifest, tokenize }: Pack, runs: typeof golden.runs): Promise<void> {
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
    expectClose(latent, decodeFloats(run.latent));
    expectSteps(outcomes, run.steps);
    if (!run.image) continue;
    const shape = [1, ...manifest.latent.shape];
    const image = await networks.run(manifest.codec.decoder, { latent: { data: latent, shape } });
    expectClose(image, decodeFloats(run.image));
  }
}

async function expectEdited(pack: Pack, runs: typeof editing.runs): Promise<void> {
  const { networks, manifest, tokenize } = pack;
  await openMissing(pack.backend, [manifest.codec.encoder!], pack.opening);
  for (const { mode, balance, edits } of runs) {
    const job: EditJob = {
      image: FACE,
      source: sideOf(editing.source),
      target: sideOf(editing.target),
      region: decodeFloats(editing.region),
      strengths: edits.map(({ strength }) => strength),
      balance,
      seed: editing.seed,
      steps: editing.steps,
      mode,
    };
    const run = new EditRun(manifest, job, new Inversion(manifest, job, tokenize), tokenize);
    const made = await run.execute(networks, () => Promise.resolve());
    expectClose(made.source, decodeFloats(editing.latent));
    for (const [i, { strength, latent }] of edits.entries()) {
      expectClose(made.edits[i]!, decodeFloats(latent));
      if (strength === 0) expect(made.edits[i]).toEqual(made.source);
      else expect(made.edits[i]).not.toEqual(made.source);
    }
  }
}

describe('the golden runs and edits are reproduced', { timeout: 180_000 }, () => {
  it.each([1, 2])('on WASM with %i thread(s), in every mode', async (threads) => {
    const pack = await openFixture(golden.pack, 'wasm', threads);
    await expectGenerated(pack, golden.runs);
    await expectEdited(pack, editing.runs);
    await pack.networks.close();
  });

  // One test for both: the software adapter takes half a minute to compile the networks.
  it('on WebGPU, with influence, fresh noise and a balance', async () => {
    const pack = await openFixture(golden.pack, 'webgpu', 1);
    const noisy = golden.runs.filter(({ mode, eta }) => mode === 'both' && eta > 0);
    const balanced = editing.runs.filter(({ mode, balance }) => mode === 'both' && balance !== 0);
    expect([noisy, balanced].map(({ length }) => length)).toEqual([1, 1]);
    await expectGenerated(pack, noisy);
    await expectEdited(pack, balanced);
    await pack.networks.close();
  });

  it('as is the reading of a face', async () => {
    const pack = await openFixture(editing.pack, 'wasm', 1);
    const { networks, manifest } = pack;
    await openMissing(pack.backend, editFiles(manifest), pack.opening);
    const { parser, attributes } = manifest.helpers!;
    const reading = await readFace(networks, parser!, attributes, FACE, editing.size);
    const parsed = bytesOf(editing.parsed);
    expect([reading.mask.length, reading.maskSize]).toEqual([parsed.length, editing.size]);
    expect(reading.mask.filter((value, i) => value !== parsed[i]).length).toBeLessThanOrEqual(PARSER_TIES);
    expectClose(reading.attributes!, decodeFloats(editing.attributes));
    const latent = { data: decodeFloats(editing.latent), shape: [1, ...manifest.latent.shape] };
    expectClose(await networks.run(manifest.codec.decoder, { latent }), decodeFloats(editing.reconstruction));
    await networks.close();
  });
});
