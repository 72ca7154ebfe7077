/** A pack of two collaborators whose networks are simple sums of what they are given: enough to test loops without a runtime. */
import { parseManifest, type Manifest } from '../../shared/manifest';
import type { Feeds, NdArray, Networks, Resident } from '../networks';

const SHAPE = [2, 3, 3] as const;
export const PLACES = 9;
export const LENGTH = 2 * PLACES;

function plainManifest() {
  const file = { path: 'x', bytes: 1, sha256: '0'.repeat(64) };
  const text = ['tok', 'bert'];
  const voices = ['mask_c', 'mask_d', 'mask_i', 'text_c', 'text_d', 'text_i'];
  const codec = ['encoder', 'decoder', 'preview'];
  return {
    format: 1,
    id: 'fake',
    title: 'Fake',
    description: '',
    licence: 'none',
    image_size: 6,
    latent: { shape: [...SHAPE], clip: 4 },
    schedule: { alphas_cumprod: [0.95, 0.8, 0.6, 0.4, 0.2, 0.05], prediction: 'v' },
    text_encoder: { network: 'bert', length: 4, width: 2, tokenizer: 'tok' },
    collaborators: [
      collaborator('mask', { kind: 'class_mask', size: 2, classes: 19 }),
      collaborator('text', { kind: 'tokens' }),
    ],
    codec: { encoder: 'encoder', decoder: 'decoder', preview: 'preview', preview_size: 3 },
    defaults: { steps: 3, eta: 0 },
    files: Object.fromEntries([...text, ...voices, ...codec].map((key) => [key, file])),
  };
}

function collaborator(id: string, condition: object): Record<string, unknown> {
  return {
    id,
    label: id,
    condition,
    encoder: `${id}_c`,
    denoiser: `${id}_d`,
    influence: `${id}_i`,
    guidance: 1,
    influence_schedule: 'none',
    influence_scale: 1,
  };
}

/** @param change made to the plain manifest before it is checked */
export function manifestOf(change: (manifest: ReturnType<typeof plainManifest>) => void): Manifest {
  const manifest = plainManifest();
  change(manifest);
  return parseManifest(manifest);
}

export const MANIFEST = manifestOf(() => undefined);

export const tokenize = (text: string, length: number) => ({
  ids: new Int32Array(length).fill(text.length),
  mask: new Float32Array(length).fill(1),
});

/** Networks whose answers are simple sums of what they are given, with a log of the calls. */
export class FakeNetworks implements Networks {
  readonly log: string[] = [];
  readonly held = new Set<Resident>();
  readonly #conditions = new Map<unknown, number>();
  readonly #failAt: number;
  readonly #answer: (key: string) => number;

  constructor({ failAt = Infinity, answer = () => 0 }: { failAt?: number; answer?: (key: string) => number } = {}) {
    this.#failAt = failAt;
    this.#answer = answer;
  }

  #record(key: string): void {
    this.log.push(key);
    if (this.log.length > this.#failAt) throw new Error('device lost');
  }

  run(key: string, feeds: Feeds): Promise<Float32Array> {
    this.#record(key);
    if (key === 'bert') return Promise.resolve(new Float32Array(8).fill((feeds.input_ids as NdArray).data[0]!));
    if (key === 'encoder') return Promise.resolve((feeds.image as NdArray).data.slice(0, LENGTH) as Float32Array);
    const x = (feeds.x as NdArray).data;
    const timestep = (feeds.timestep as NdArray).data[0]!;
    const shift = (this.#conditions.get(feeds.condition) ?? NaN) + this.#answer(key) + timestep / 10;
    const length = key.endsWith('_i') ? PLACES : LENGTH;
    return Promise.resolve(Float32Array.from({ length }, (_, i) => x[i]! * 0.1 + shift));
  }

  encode(key: string, feeds: Feeds): Promise<Resident> {
    this.#record(key);
    const numbers = Object.values(feeds).flatMap((feed) => [...(feed as NdArray).data]);
    const sum = numbers.reduce((total, value) => total + value, 0);
    const resident = { tensor: {} } as Resident;
    this.#conditions.set(resident, sum / 100);
    this.held.add(resident);
    return Promise.resolve(resident);
  }

  release(value: Resident): void {
    this.held.delete(value);
  }
}
