import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EditJob } from '../shared/types';
import { EditRun, firstStep, latentRegion, type EditOutcome } from './editRun';
import { Inversion } from './inversion';
import { FakeNetworks, LENGTH, MANIFEST, manifestOf, PLACES, tokenize } from './testing/fakePack';

const SIZE = 6;
const STEPS = 5;
const SOURCE = { mask: new Uint8Array(16).fill(3), maskSize: 4, description: 'a man' };

/** The left third may change: latent places 0, 3 and 6. */
const REGION = Float32Array.from({ length: SIZE * SIZE }, (_, i) => (i % SIZE < 2 ? 1 : 0));
const INSIDE = new Set([0, 3, 6]);

const JOB: EditJob = {
  image: Uint8ClampedArray.from({ length: SIZE * SIZE * 4 }, (_, i) => (i * 37) % 256),
  source: SOURCE,
  target: { ...SOURCE, description: 'a much older man with glasses' },
  region: REGION,
  strengths: [1],
  balance: 0,
  seed: 5,
  steps: STEPS,
  mode: 'both',
};

function prepare(change: Partial<EditJob> = {}, inversion?: Inversion) {
  const job = { ...JOB, ...change };
  const used = inversion ?? new Inversion(MANIFEST, job, tokenize);
  const run = new EditRun(MANIFEST, job, used, tokenize);
  const outcomes: EditOutcome[] = [];
  const onStep = (outcome: EditOutcome) => Promise.resolve(void outcomes.push(outcome));
  return { run, inversion: used, outcomes, onStep };
}

async function execute(change: Partial<EditJob> = {}, inversion?: Inversion, networks = new FakeNetworks()) {
  const prepared = prepare(change, inversion);
  const made = await prepared.run.execute(networks, prepared.onStep);
  return { ...prepared, ...made, networks };
}

/** Latents have values of about ±2, stored as float32 at every step. */
function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

describe('firstStep', () => {
  it('is the contract’s N − round(s · N), halves up', () => {
    expect([0, 0.1, 0.3, 0.5, 0.7, 1].map((strength) => firstStep(strength, 5))).toEqual([5, 4, 2, 1, 0, 0]);
  });
});

describe('latentRegion', () => {
  it('takes a place in as soon as one of its pixels is at least half inside', () => {
    const region = new Float32Array(16);
    region[5] = 0.5;
    region[15] = 0.49;
    expect([...latentRegion(region, 4, 2, 2)]).toEqual([1, 0, 0, 0]);
  });
});

describe('EditRun', () => {
  it('gives the photo’s own latent back under unchanged conditions, whatever the strength', async () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    const balance = fc.double({ min: -1, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(unit, balance, fc.integer({ min: 1, max: 6 }), async (strength, balance, steps) => {
        const whole = new Float32Array(SIZE * SIZE).fill(1);
        const change = { target: SOURCE, region: whole, strengths: [strength], balance, steps };
        const { source, edits } = await execute(change);
        expect(largestDifference(edits[0]!, source)).toBeLessThan(1e-4);
      }),
      { numRuns: 30 },
    );
  });

  it('changes what lies inside the region, and not a bit outside', async () => {
    const { source, edits } = await execute();
    for (let i = 0; i < LENGTH; i++) {
      if (INSIDE.has(i % PLACES)) expect(edits[0]![i]).not.toBeCloseTo(source[i]!, 3);
      else expect(edits[0]![i]).toBe(source[i]);
    }
  });

  it('needs no network but the photo encoder at strength 0', async () => {
    const { source, edits, networks, outcomes } = await execute({ strengths: [0, 0.05] });
    expect(networks.log).toEqual(['encoder']);
    expect(edits).toEqual([source, source]);
    expect(outcomes).toEqual([]);
  });

  it('makes an edit of each strength as it would alone, in the job’s order, counting the steps of all', async () => {
    const { edits, outcomes } = await execute({ strengths: [0.4, 0, 1] });
    for (const [i, strength] of [0.4, 0, 1].entries()) {
      expect(edits[i]).toEqual((await execute({ strengths: [strength] })).edits[0]);
    }
    expect(outcomes.map(({ stage, step, total }) => `${stage} ${step}/${total}`)).toEqual([
      ...[1, 2, 3, 4, 5].map((step) => `invert ${step}/5`),
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((step) => `edit ${step}/8`),
    ]);
    expect(outcomes[0]!.influence.map(({ collaborator }) => collaborator)).toEqual(['mask', 'text']);
  });

  it('inverts only the steps that it passes through, and later only those that are missing', async () => {
    const inverted = (outcomes: EditOutcome[]) => outcomes.filter(({ stage }) => stage === 'invert').length;
    const weak = await execute({ strengths: [0.25] });
    expect(inverted(weak.outcomes)).toBe(2);
    const strong = await execute({ strengths: [0.55] }, weak.inversion);
    expect(inverted(strong.outcomes)).toBe(2);
    expect(strong.networks.log).not.toContain('encoder');
    expect(strong.edits).toEqual((await execute({ strengths: [0.55] })).edits);
    const again = await execute({ strengths: [0.45] }, weak.inversion);
    expect(inverted(again.outcomes)).toBe(0);
  });

  it('leans to the words or to the mask by the balance', async () => {
    const share = async (balance: number) => {
      const { outcomes } = await execute({ balance });
      return outcomes[0]!.influence[1]!.weights[0]!;
    };
    const [mask, even, words] = [await share(-0.5), await share(0), await share(0.5)];
    const odds = (weight: number) => weight / (1 - weight);
    // 16^0.5 for the one and 16^−0.5 for the other.
    expect(odds(words) / odds(even)).toBeCloseTo(16, 3);
    expect(odds(even) / odds(mask)).toBeCloseTo(16, 3);
  });

  it('lets the words push less the further the balance leans to the mask, not at all at its end', async () => {
    const guided = manifestOf(({ collaborators }) => {
      collaborators[1]!.guidance = 3;
    });
    const calls = async (balance: number) => {
      const networks = new FakeNetworks();
      const inversion = new Inversion(guided, { ...JOB, balance }, tokenize);
      await inversion.encode(networks);
      await inversion.complete(networks, 0, () => Promise.resolve());
      return networks.log.filter((key) => key === 'text_d').length;
    };
    expect(await calls(-0.9)).toBe(2 * STEPS);
    expect(await calls(-1)).toBe(STEPS);
  });

  it('guides an edit by one model as edits are guided, not as that model alone', async () => {
    const edited = async (alone?: { guidance: number }) => {
      const manifest = manifestOf(({ collaborators }) => {
        collaborators[0] = { ...collaborators[0]!, edit_guidance: 2, ...(alone && { alone }) };
      });
      const networks = new FakeNetworks();
      const inversion = new Inversion(manifest, { ...JOB, mode: 'mask' }, tokenize);
      await inversion.encode(networks);
      return inversion.complete(networks, 0, () => Promise.resolve());
    };
    expect(await edited({ guidance: 1 })).toEqual(await edited());
  });

  it('goes on after any lost call, to the same end, with every step once', async () => {
    const strengths = [0.4, 0.8, 0];
    const whole = await execute({ strengths });
    for (let failAt = 0; failAt < whole.networks.log.length; failAt++) {
      const { run, outcomes, onStep } = prepare({ strengths });
      const broken = new FakeNetworks({ failAt });
      await expect(run.execute(broken, onStep)).rejects.toThrow('device lost');
      expect(broken.held.size).toBe(0);
      const { source, edits } = await run.execute(new FakeNetworks(), onStep);
      expect([source, edits]).toEqual([whole.source, whole.edits]);
      const steps = (all: EditOutcome[]) => all.map(({ stage, step, total }) => [stage, step, total]);
      expect(steps(outcomes)).toEqual(steps(whole.outcomes));
    }
  });

  it('goes on when a step could not be shown, the last one too', async () => {
    const whole = await execute();
    const { run } = prepare();
    let shown = 0;
    const failAtLast = () => (++shown === 2 * STEPS ? Promise.reject(new Error('device lost')) : Promise.resolve());
    await expect(run.execute(new FakeNetworks(), failAtLast)).rejects.toThrow('device lost');
    expect((await run.execute(new FakeNetworks(), () => Promise.resolve())).edits).toEqual(whole.edits);
  });

  it('reports numbers out of range', async () => {
    const networks = () => new FakeNetworks({ answer: (key) => (key === 'text_d' ? NaN : 0) });
    await expect(execute({}, undefined, networks())).rejects.toMatchObject({ code: 'NOT_FINITE' });
    await expect(execute({ mode: 'text' }, undefined, networks())).rejects.toMatchObject({ code: 'NOT_FINITE' });
    expect((await execute({ mode: 'mask' }, undefined, networks())).edits).toHaveLength(1);
  });

  it('refuses a job that cannot be done', () => {
    const make = (change: Partial<EditJob>) => () => prepare(change);
    const silent = { ...SOURCE, description: ' ' };
    expect(make({ source: silent })).toThrow(expect.objectContaining({ code: 'DESCRIPTION_EMPTY' }));
    expect(make({ target: silent })).toThrow(expect.objectContaining({ code: 'DESCRIPTION_EMPTY' }));
    expect(make({ target: silent, source: silent, mode: 'mask' })).not.toThrow();
    expect(make({ target: { ...SOURCE, maskSize: 5 } })).toThrow(expect.objectContaining({ code: 'MASK_INVALID' }));
    expect(make({ image: new Uint8ClampedArray(8) })).toThrow(expect.objectContaining({ code: 'PHOTO_INVALID' }));
    expect(make({ region: new Float32Array(9) })).toThrow(RangeError);
    expect(make({ strengths: [] })).toThrow(RangeError);
    expect(make({ strengths: [0.5, NaN] })).toThrow(RangeError);
    expect(make({ balance: 1.5 })).toThrow(RangeError);
  });
});

describe('an inversion', () => {
  it('serves another job with the same photo, source, seed, steps, mode and balance, and no other', () => {
    const { inversion } = prepare();
    const copy = (side: EditJob['source']) => ({ ...side, mask: side.mask.slice() });
    const same = { image: JOB.image.slice(), source: copy(SOURCE), target: SOURCE, strengths: [0.3] };
    expect(inversion.isOf({ ...JOB, ...same })).toBe(true);
    const others: Partial<EditJob>[] = [
      { image: JOB.image.map((value, i) => (i === 40 ? value ^ 1 : value)) },
      { source: { ...SOURCE, description: 'a woman' } },
      { source: { ...SOURCE, mask: SOURCE.mask.map((value, i) => (i === 15 ? 4 : value)) } },
      { seed: 6 },
      { steps: 4 },
      { mode: 'mask' },
      { balance: 0.1 },
    ];
    for (const other of others) expect(inversion.isOf({ ...JOB, ...other })).toBe(false);
  });
});
