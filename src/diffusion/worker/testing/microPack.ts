/**
 * A pack of seven 1 × 1 convolutions with fixed random weights: enough to run everything, small enough that the software WebGPU adapter
 * compiles it in a second. Numbers that matter are checked on the tiny pack of `models/contracts/fixtures`.
 */
import { normals } from '../../shared/rng';
import { encodeNetwork, type Network } from './onnx';

export const MICRO_PACK = 'https://micro.example/pack/';
const MICRO_CLASSES = 19;
export const MICRO_SIZE = 8;
const CHANNELS = 2;

function plane(channels: number): number[] {
  return [1, channels, MICRO_SIZE, MICRO_SIZE];
}

function weights(seed: number, outputs: number, inputs: number) {
  return { values: normals(seed, 0, outputs * inputs), shape: [outputs, inputs, 1, 1] };
}

/** activation(convolution(input)) */
function picture(seed: number, input: [string, number], output: [string, number], activation: string): Network {
  return {
    inputs: { [input[0]]: plane(input[1]) },
    output: [output[0], plane(output[1])],
    constants: { w: weights(seed, output[1], input[1]) },
    nodes: [
      { op: 'Conv', inputs: [input[0], 'w'], output: 'y' },
      { op: activation, inputs: ['y'], output: output[0] },
    ],
  };
}

/** tanh(convolution(x, condition) + t / 10) */
function stepNetwork(seed: number, output: string, channels: number): Network {
  return {
    inputs: { x: plane(CHANNELS), timestep: [1], condition: plane(CHANNELS) },
    output: [output, plane(channels)],
    constants: { w: weights(seed, channels, 2 * CHANNELS), tenth: { values: Float32Array.of(0.1), shape: [1] } },
    nodes: [
      { op: 'Concat', inputs: ['x', 'condition'], output: 'both', attributes: { axis: 1 } },
      { op: 'Conv', inputs: ['both', 'w'], output: 'y' },
      { op: 'Mul', inputs: ['timestep', 'tenth'], output: 't' },
      { op: 'Add', inputs: ['y', 't'], output: 'sum' },
      { op: 'Tanh', inputs: ['sum'], output },
    ],
  };
}

const NETWORKS: Record<string, Network> = {
  condition: picture(1, ['one_hot', MICRO_CLASSES], ['condition', CHANNELS], 'Tanh'),
  denoiser: stepNetwork(2, 'prediction', CHANNELS),
  influence: stepNetwork(3, 'logits', 1),
  preview: picture(4, ['latent', CHANNELS], ['image', 3], 'Sigmoid'),
  decoder: picture(5, ['latent', CHANNELS], ['image', 3], 'Sigmoid'),
  encoder: picture(6, ['image', 3], ['latent', CHANNELS], 'Tanh'),
  parser: picture(7, ['image', 3], ['logits', MICRO_CLASSES], 'Tanh'),
};

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The pack's files by address. */
export async function microPackFiles(): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const served = new Map<string, Uint8Array<ArrayBuffer>>();
  const files: Record<string, { path: string; bytes: number; sha256: string }> = {};
  for (const [key, network] of Object.entries(NETWORKS)) {
    const bytes = encodeNetwork(network);
    files[key] = { path: `${key}.onnx`, bytes: bytes.length, sha256: await sha256(bytes) };
    served.set(`${MICRO_PACK}${key}.onnx`, bytes);
  }
  const manifest = {
    format: 1,
    id: 'micro',
    title: 'Micro',
    description: '',
    licence: 'none',
    image_size: MICRO_SIZE,
    latent: { shape: [CHANNELS, MICRO_SIZE, MICRO_SIZE], clip: 2 },
    schedule: { alphas_cumprod: [0.95, 0.8, 0.6, 0.4, 0.2, 0.05], prediction: 'v' },
    collaborators: [
      {
        id: 'mask',
        label: 'Mask',
        condition: { kind: 'class_mask', size: MICRO_SIZE, classes: MICRO_CLASSES },
        encoder: 'condition',
        denoiser: 'denoiser',
        influence: 'influence',
        guidance: 1,
        influence_schedule: 'none',
        influence_scale: 1,
      },
    ],
    codec: { encoder: 'encoder', decoder: 'decoder', preview: 'preview', preview_size: MICRO_SIZE },
    helpers: { parser: { network: 'parser', size: MICRO_SIZE } },
    defaults: { steps: 3, eta: 0 },
    files,
  };
  served.set(`${MICRO_PACK}manifest.json`, new TextEncoder().encode(JSON.stringify(manifest)));
  return served;
}
