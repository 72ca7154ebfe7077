/**
 * The only file that imports onnxruntime-web. Three builds of one runtime, loaded on demand: for the GPU the small one
 * where the browser can suspend WASM (JSPI), else the asyncify one; without a GPU the plain one, the smallest download.
 *
 * Trap: the `.mjs` and `.wasm` must be named by URL. Left to itself, the runtime starts its threads from the bundle that
 * contains it, which in a built site is this app's worker: it runs again in every thread and the first session never opens.
 */
import asyncifyMjs from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiMjs from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import jspiWasm from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import plainMjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import plainWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';

export type Ort = typeof import('onnxruntime-web');
export type { InferenceSession, Tensor } from 'onnxruntime-web';

interface Build {
  load: () => Promise<Ort>;
  paths: { mjs: string; wasm: string };
}

const JSPI: Build = { load: () => import('onnxruntime-web/jspi'), paths: { mjs: jspiMjs, wasm: jspiWasm } };
const ASYNCIFY: Build = {
  load: () => import('onnxruntime-web/webgpu'),
  paths: { mjs: asyncifyMjs, wasm: asyncifyWasm },
};
const PLAIN: Build = { load: () => import('onnxruntime-web/wasm'), paths: { mjs: plainMjs, wasm: plainWasm } };

function chooseBuild(forGpu: boolean): Build {
  if (!forGpu) return PLAIN;
  return 'Suspending' in WebAssembly ? JSPI : ASYNCIFY;
}

/** @param threads fixed by the first session of a build; a later change needs a new worker */
export async function loadOrt(forGpu: boolean, threads: number): Promise<Ort> {
  const build = chooseBuild(forGpu);
  const ort = await build.load();
  const absolute = (url: string): string => new URL(url, self.location.href).href;
  ort.env.wasm.wasmPaths = { mjs: absolute(build.paths.mjs), wasm: absolute(build.paths.wasm) };
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  return ort;
}
