/** Is there a GPU worth using? Asked before anything is downloaded, and never waits for an answer that does not come. */
import { withTimeout } from './time';

const ANSWER_MS = 5000;

const WANTED_FEATURES = ['shader-f16', 'subgroups'] as const;

/** The runtime's kernels use what the adapter has, so the defaults (WebGPU's guaranteed minimum) are raised to it. */
const WANTED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
] as const;

export interface Gpu {
  device: GPUDevice;
  /** For the device badge. */
  name: string;
  /** A CPU that plays a GPU: right numbers, slower than WASM. */
  isSoftware: boolean;
}

/** Why there is none, as a plain sentence. */
export interface NoGpu {
  refusal: string;
}

function describe({ info }: GPUAdapter): { name: string; isSoftware: boolean } {
  const name = info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'GPU';
  // Browsers that lack the flag still name the adapter.
  const isSoftware =
    info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${name} ${info.architecture}`);
  return { name, isSoftware };
}

async function openDevice(gpu: GPU): Promise<Gpu | NoGpu> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return { refusal: 'This browser has WebGPU but found no graphics card it can use.' };
  const device = await adapter.requestDevice({
    requiredFeatures: WANTED_FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(WANTED_LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });
  return { device, ...describe(adapter) };
}

export async function openGpu(): Promise<Gpu | NoGpu> {
  // Missing in browsers without WebGPU and on pages that are not a secure context, whatever the types say.
  const gpu = (navigator as { gpu?: GPU }).gpu;
  if (!gpu) return { refusal: 'This browser has no WebGPU.' };
  try {
    return await withTimeout(openDevice(gpu), ANSWER_MS, () => new Error('no answer'));
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { refusal: `The graphics card did not open (${text}).` };
  }
}
