/** Do two devices agree? Drivers that compute wrong numbers without an error exist, and a face made of them is noise. */
import type { Manifest } from '../shared/manifest';
import { normals } from '../shared/rng';
import type { NdArray, Networks } from './networks';

/** Largest difference allowed, relative to the root mean square of the trusted output. float32 devices differ by about 1e-4. */
const TOLERANCE = 0.02;

interface Probe {
  encoder: string | null;
  network: string;
  input: string;
}

/** The first influence network with its condition encoder (attention, norms, embeddings), and the preview (convolutions). */
function probes({ collaborators, codec }: Manifest): Probe[] {
  const [first] = collaborators;
  const preview: Probe = { encoder: null, network: codec.preview, input: 'latent' };
  return first?.influence ? [{ encoder: first.encoder, network: first.influence, input: 'x' }, preview] : [preview];
}

/** The file keys that `agree` runs. */
export function probeNetworks(manifest: Manifest): string[] {
  return probes(manifest).flatMap(({ encoder, network }) => (encoder === null ? [network] : [encoder, network]));
}

function conditionInputs(manifest: Manifest): Record<string, NdArray> {
  const condition = manifest.collaborators[0]!.condition;
  if (condition.kind === 'class_mask') {
    const { size, classes } = condition;
    const data = new Float32Array(classes * size * size);
    for (let place = 0; place < size * size; place++) data[(place % classes) * size * size + place] = 1;
    return { one_hot: { data, shape: [1, classes, size, size] } };
  }
  const { length, width } = manifest.text_encoder!;
  return {
    embeddings: { data: normals(1, 0, length * width), shape: [1, length, width] },
    attention_mask: { data: new Float32Array(length).fill(1), shape: [1, length] },
  };
}

async function runProbe(manifest: Manifest, networks: Networks, probe: Probe): Promise<Float32Array> {
  const shape = [1, ...manifest.latent.shape];
  const [channels, height, width] = manifest.latent.shape;
  const feeds = { [probe.input]: { data: normals(0, 0, channels * height * width), shape } };
  if (probe.encoder === null) return networks.run(probe.network, feeds);
  const condition = await networks.encode(probe.encoder, conditionInputs(manifest));
  const timestep = { data: Float32Array.of(Math.floor(manifest.schedule.alphas_cumprod.length / 2)), shape: [1] };
  const output = await networks.run(probe.network, { ...feeds, timestep, condition });
  networks.release(condition);
  return output;
}

/** Largest difference over the root mean square of `trusted`; infinite when any number is not finite or the lengths differ. */
export function relativeDifference(trusted: Float32Array, other: Float32Array): number {
  if (trusted.length !== other.length) return Infinity;
  let largest = 0;
  let squares = 0;
  for (let i = 0; i < trusted.length; i++) {
    const difference = Math.abs(trusted[i]! - other[i]!);
    if (!Number.isFinite(difference)) return Infinity;
    largest = Math.max(largest, difference);
    squares += trusted[i]! ** 2;
  }
  return largest / Math.sqrt(squares / trusted.length + Number.EPSILON);
}

export async function agree(manifest: Manifest, trusted: Networks, other: Networks): Promise<boolean> {
  for (const probe of probes(manifest)) {
    const expected = await runProbe(manifest, trusted, probe);
    const difference = relativeDifference(expected, await runProbe(manifest, other, probe));
    if (difference > TOLERANCE) return false;
  }
  return true;
}
