import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openGpu } from './gpu';

const LIMITS = { maxBufferSize: 1000, maxStorageBufferBindingSize: 900 };

function stubAdapter(info: Partial<GPUAdapterInfo>, features: string[] = []) {
  const requestDevice = vi.fn<(descriptor: GPUDeviceDescriptor) => Promise<unknown>>(() => Promise.resolve({}));
  const adapter = {
    info: { vendor: '', architecture: '', ...info },
    features: new Set(features),
    limits: LIMITS,
    requestDevice,
  };
  return { adapter, requestDevice };
}

function stubGpu(requestAdapter: () => Promise<unknown>): void {
  vi.stubGlobal('navigator', { gpu: { requestAdapter } });
}

beforeEach(() => void vi.useFakeTimers());

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('openGpu', () => {
  it('says when the browser has no WebGPU', async () => {
    vi.stubGlobal('navigator', {});
    expect(await openGpu()).toEqual({ refusal: 'This browser has no WebGPU.' });
  });

  it('says when there is no adapter', async () => {
    stubGpu(() => Promise.resolve(null));
    expect(await openGpu()).toMatchObject({ refusal: expect.stringContaining('no graphics card') });
  });

  it('does not wait for an adapter that never answers', async () => {
    stubGpu(() => new Promise(() => undefined));
    const opening = openGpu();
    await vi.advanceTimersByTimeAsync(5000);
    expect(await opening).toMatchObject({ refusal: expect.stringContaining('no answer') });
  });

  it('passes on why a device would not open', async () => {
    const { adapter, requestDevice } = stubAdapter({});
    requestDevice.mockRejectedValue(new Error('driver is broken'));
    stubGpu(() => Promise.resolve(adapter));
    expect(await openGpu()).toMatchObject({ refusal: expect.stringContaining('driver is broken') });
  });

  it("asks for the adapter's own limits and for the features it has, not for others", async () => {
    const { adapter, requestDevice } = stubAdapter({ vendor: 'acme', architecture: 'x1' }, [
      'subgroups',
      'timestamp-query',
    ]);
    stubGpu(() => Promise.resolve(adapter));
    expect(await openGpu()).toMatchObject({ name: 'acme x1', isSoftware: false });
    const [descriptor] = requestDevice.mock.calls[0]!;
    expect(descriptor.requiredFeatures).toEqual(['subgroups']);
    expect(descriptor.requiredLimits).toMatchObject(LIMITS);
  });

  it.each([{ isFallbackAdapter: true }, { architecture: 'swiftshader' }, { description: 'llvmpipe (LLVM 19)' }])(
    'knows software by %j',
    async (info) => {
      stubGpu(() => Promise.resolve(stubAdapter(info).adapter));
      expect(await openGpu()).toMatchObject({ isSoftware: true });
    },
  );
});
