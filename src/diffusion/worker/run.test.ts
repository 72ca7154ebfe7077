import { describe, expect, it } from 'vitest';
import type { Manifest } from '../shared/manifest';
import { normals } from '../shared/rng';
import type { GenerateJob } from '../shared/types';
import { Run, type StepOutcome } from './run';
import { FakeNetworks, LENGTH, MANIFEST, manifestOf, PLACES, tokenize } from './testing/fakePack';

const JOB: GenerateJob = {
  mask: new Uint8Array(16).fill(3),
  maskSize: 4,
  description: ' a smile ',
  seed: 5,
  steps: 3,
  eta: 0.7,
  mode: 'both',
};

async function execute(manifest: Manifest, job: GenerateJob, networks = new FakeNetworks()) {
  const outcomes: StepOutcome[] = [];
  const latent = await new Run(manifest, job, tokenize).execute(networks, (outcome) => {
    outcomes.push(outcome);
    return Promise.resolve();
  });
  return { latent, outcomes, networks };
}

describe('Run', () => {
  it('encodes the conditions once, then runs every network once a step', async () => {
    const { outcomes, networks } = await execute(MANIFEST, JOB);
    const step = ['mask_d', 'text_d', 'mask_i', 'text_i'];
    expect(networks.log).toEqual(['mask_c', 'bert', 'text_c', ...step, ...step, ...step]);
    expect(outcomes.map(({ step: n, total, timestep }) => [n, total, timestep])).toEqual([
      [1, 3, 5],
      [2, 3, 3],
      [3, 3, 1],
    ]);
    expect(networks.held.size).toBe(0);
  });

  it('visits the timesteps that the schedule asks for', async () => {
    const spaced = manifestOf(({ schedule }) => Object.assign(schedule, { shift: 2 }));
    const { outcomes } = await execute(spaced, JOB);
    expect(outcomes.map(({ timestep }) => timestep)).toEqual([5, 4, 2]);
  });

  it('ends where the last predicted x_0 is', async () => {
    const { latent, outcomes } = await execute(MANIFEST, JOB);
    expect(latent).toEqual(outcomes.at(-1)!.x0);
  });

  it('starts from the seed', async () => {
    const one = await execute(MANIFEST, JOB);
    expect((await execute(MANIFEST, JOB)).latent).toEqual(one.latent);
    expect((await execute(MANIFEST, { ...JOB, seed: 6 })).latent).not.toEqual(one.latent);
  });

  it('gives maps that follow the influence networks', async () => {
    const networks = new FakeNetworks({ answer: (key) => (key === 'mask_i' ? 100 : 0) });
    const { outcomes } = await execute(MANIFEST, JOB, networks);
    for (const { influence } of outcomes) {
      expect(influence.map(({ collaborator }) => collaborator)).toEqual(['mask', 'text']);
      expect(influence[0]!.weights.every((weight) => weight > 0.999)).toBe(true);
      expect(influence[1]!.weights).toHaveLength(PLACES);
    }
  });

  it('runs one collaborator alone, whatever the others would need', async () => {
    const { outcomes, networks } = await execute(MANIFEST, { ...JOB, mode: 'mask', description: '' });
    expect(networks.log).toEqual(['mask_c', 'mask_d', 'mask_d', 'mask_d']);
    expect(outcomes.every(({ influence }) => influence.length === 0)).toBe(true);
    const wrongMask = { ...JOB, mode: 'text', mask: new Uint8Array(3) };
    expect((await execute(MANIFEST, wrongMask)).networks.log).toContain('text_d');
  });

  it('blends evenly in fixed mode, without influence networks', async () => {
    const { outcomes, networks } = await execute(MANIFEST, { ...JOB, mode: 'fixed' });
    expect(networks.log.filter((key) => key.endsWith('_i'))).toEqual([]);
    expect(outcomes[0]!.influence[1]!.weights.every((weight) => weight === 0.5)).toBe(true);
  });

  it('guides away from the answer under no condition', async () => {
    const guided = manifestOf(({ collaborators }) => {
      collaborators[0]!.guidance = 3;
    });
    const job = { ...JOB, mode: 'mask', steps: 1, eta: 0 };
    const { latent, networks } = await execute(guided, job);
    expect(networks.log).toEqual(['mask_c', 'mask_c', 'mask_d', 'mask_d']);
    const x = normals(job.seed, 0, LENGTH);
    // Mask 4 × 4 of one class shrinks to four ones: a condition of 0.04; no condition is 0. v = n + 3 (p − n).
    const v = x.map((value) => value * 0.1 + 0.5 + 3 * 0.04);
    const expected = x.map((value, i) => Math.sqrt(0.05) * value - Math.sqrt(0.95) * v[i]!);
    for (let i = 0; i < LENGTH; i++) expect(latent[i]).toBeCloseTo(expected[i]!, 5);
  });

  it('does not share the guidance out where predictions are blended', async () => {
    const guided = manifestOf(({ collaborators }) => {
      collaborators[0]!.guidance = 3;
    });
    const step = { ...JOB, mode: 'fixed', steps: 1, eta: 0 };
    const [plain, pushed] = [await execute(MANIFEST, step), await execute(guided, step)];
    // v moves as far as the mask's model alone would: 2 (p − n) with p − n = 0.04 (see above), not half of that.
    for (let i = 0; i < LENGTH; i++) {
      expect(pushed.latent[i]! - plain.latent[i]!).toBeCloseTo(-Math.sqrt(0.95) * 2 * 0.04, 5);
    }
  });

  it('pushes by the factors of the classes', async () => {
    const guided = (guidance: number, rules: { class: number; factor: number }[] = []) =>
      manifestOf(({ collaborators }) => {
        const condition = { kind: 'class_mask', size: 3, classes: 19 };
        collaborators[0] = { ...collaborators[0]!, guidance, condition, guidance_by_class: rules };
      });
    const mask = Uint8Array.of(7, 0, 3, 7, 7, 7, 0, 0, 7);
    const step = { ...JOB, mode: 'mask', steps: 1, eta: 0, mask, maskSize: 3 };
    const by = [
      { class: 7, factor: 0 },
      { class: 3, factor: 2 },
    ];
    const runs = [guided(1), guided(3), guided(3, by)].map((manifest) => execute(manifest, step));
    const [none, all, some] = (await Promise.all(runs)).map(({ latent }) => latent);
    const factors = [...mask, ...mask].map((value) => ({ 7: 0, 3: 2 })[value] ?? 1);
    for (const [i, factor] of factors.entries()) {
      expect(some![i]! - none![i]!).toBeCloseTo(factor * (all![i]! - none![i]!), 5);
    }
    expect(Math.abs(all![0]! - none![0]!)).toBeGreaterThan(0.01);
  });

  it('pushes more on contours', async () => {
    const guided = (guidance: number, surplus: number) =>
      manifestOf(({ collaborators }) => {
        const condition = { kind: 'class_mask', size: 6, classes: 19 };
        collaborators[0] = { ...collaborators[0]!, guidance, condition, guidance_on_contours: surplus };
      });
    // Of 3 × 3 places, the middle one alone has two classes.
    const mask = new Uint8Array(36).fill(7);
    mask[2 * 6 + 3] = 3;
    const step = { ...JOB, mode: 'mask', steps: 1, eta: 0, mask, maskSize: 6 };
    const runs = [guided(1, 0), guided(3, 0), guided(3, 0.5)].map((manifest) => execute(manifest, step));
    const [none, all, more] = (await Promise.all(runs)).map(({ latent }) => latent);
    for (let i = 0; i < LENGTH; i++) {
      expect(more![i]! - none![i]!).toBeCloseTo((i % 9 === 4 ? 1.5 : 1) * (all![i]! - none![i]!), 5);
    }
    expect(Math.abs(all![4]! - none![4]!)).toBeGreaterThan(0.01);
  });

  it('guides a model alone as its rules for that say', async () => {
    const guided = (guidance: number, alone?: { guidance: number }) =>
      manifestOf(({ collaborators }) => {
        collaborators[0] = { ...collaborators[0]!, guidance, ...(alone && { alone }) };
      });
    const [low, high, own] = [guided(2), guided(3), guided(3, { guidance: 2 })];
    const latents = (mode: string) =>
      Promise.all([low, high, own].map(async (m) => (await execute(m, { ...JOB, mode })).latent));
    const [lowAlone, highAlone, ownAlone] = await latents('mask');
    expect(ownAlone).toEqual(lowAlone);
    expect(ownAlone).not.toEqual(highAlone);
    const [lowTogether, highTogether, ownTogether] = await latents('fixed');
    expect(ownTogether).toEqual(highTogether);
    expect(ownTogether).not.toEqual(lowTogether);
  });

  it('asks only the most guided model what it predicts under no condition', async () => {
    const guided = manifestOf(({ collaborators }) => {
      collaborators[0]!.guidance = 2;
      collaborators[1]!.guidance = 3;
      collaborators[1]!.guidance_from = 4;
    });
    const { networks } = await execute(guided, { ...JOB, mode: 'fixed', steps: 2 });
    // At timestep 5 that is the text's; at 2 its words no longer push, and the mask's is asked.
    const steps = ['mask_d', 'text_d', 'text_d', 'mask_d', 'text_d', 'mask_d'];
    expect(networks.log).toEqual(['mask_c', 'mask_c', 'bert', 'text_c', 'text_c', ...steps]);
  });

  it('leaves the null condition out below the lowest guided timestep', async () => {
    const guided = manifestOf(({ collaborators }) => {
      collaborators[0]!.guidance = 3;
      collaborators[0]!.guidance_from = 4;
    });
    const { networks, outcomes } = await execute(guided, { ...JOB, mode: 'mask', steps: 4 });
    expect(outcomes.map(({ timestep }) => timestep)).toEqual([5, 4, 2, 1]);
    expect(networks.log).toEqual(['mask_c', 'mask_c', 'mask_d', 'mask_d', 'mask_d', 'mask_d', 'mask_d', 'mask_d']);
  });

  it('goes on from the last good step on other networks, to the same end', async () => {
    const whole = await execute(MANIFEST, JOB);
    // Three condition calls and four calls a step: the ninth call is in the middle of step 2.
    for (const failAt of [1, 4, 8, 13]) {
      const run = new Run(MANIFEST, JOB, tokenize);
      const steps: number[] = [];
      const onStep = ({ step }: StepOutcome) => Promise.resolve(void steps.push(step));
      const broken = new FakeNetworks({ failAt });
      await expect(run.execute(broken, onStep)).rejects.toThrow('device lost');
      expect(broken.held.size).toBe(0);
      expect(await run.execute(new FakeNetworks(), onStep)).toEqual(whole.latent);
      expect(steps).toEqual([1, 2, 3]);
    }
  });

  it('reports numbers out of range and keeps the step before them', async () => {
    let bad = true;
    const networks = new FakeNetworks({ answer: (key) => (bad && key === 'text_d' ? NaN : 0) });
    const run = new Run(MANIFEST, JOB, tokenize);
    const ignore = () => Promise.resolve();
    await expect(run.execute(networks, ignore)).rejects.toMatchObject({ code: 'NOT_FINITE' });
    bad = false;
    expect(await run.execute(networks, ignore)).toEqual((await execute(MANIFEST, JOB)).latent);
  });

  it('refuses a job that cannot be done, with a cure', () => {
    const make = (change: Partial<GenerateJob>) => () => new Run(MANIFEST, { ...JOB, ...change }, tokenize);
    expect(make({ description: '  ' })).toThrow(
      expect.objectContaining({ code: 'DESCRIPTION_EMPTY', cure: expect.stringContaining('Mask only') }),
    );
    expect(make({ description: '', mode: 'text' })).toThrow(expect.objectContaining({ code: 'DESCRIPTION_EMPTY' }));
    expect(make({ mask: new Uint8Array(15) })).toThrow(expect.objectContaining({ code: 'MASK_INVALID' }));
    expect(make({ mask: new Uint8Array(16).fill(19) })).toThrow(expect.objectContaining({ code: 'MASK_INVALID' }));
    expect(make({ mode: 'sketch' })).toThrow(/no model called "sketch"/);
  });

  it('blends by influence only where every collaborator has learned it', () => {
    const untrained = manifestOf(({ collaborators }) => {
      delete collaborators[1]!.influence;
    });
    expect(() => new Run(untrained, JOB, tokenize)).toThrow(/have not learned to work together/);
    expect(() => new Run(untrained, { ...JOB, mode: 'fixed' }, tokenize)).not.toThrow();
  });
});
