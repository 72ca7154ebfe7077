import { describe, expect, it } from 'vitest';
import { guarded, type Networks, type Resident } from './networks';
import { nextTask } from './time';

/** Networks that take one task each, with a log. */
function fakeNetworks(onCall: (key: string) => void = () => undefined) {
  const log: string[] = [];
  const call = async <T>(key: string, value: T): Promise<T> => {
    log.push(key);
    onCall(key);
    await Promise.resolve();
    return value;
  };
  const networks: Networks = {
    run: (key) => call(key, Float32Array.of(1)),
    encode: (key) => call(key, {} as Resident),
    release: () => undefined,
  };
  return { networks, log };
}

const NEVER = new AbortController().signal;

describe('guarded', () => {
  it('stops before the next network call after an abort message', async () => {
    const abort = new AbortController();
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      abort.abort();
    });
    port1.start();
    // The message is posted during call b, as the page's would be; nothing reads it until the loop yields.
    const { networks, log } = fakeNetworks((key) => {
      if (key === 'b') port2.postMessage(null);
    });
    const safe = guarded(
      networks,
      async () => {
        await nextTask();
        abort.signal.throwIfAborted();
      },
      NEVER,
    );
    const work = (async () => {
      for (const key of ['a', 'b', 'c', 'd']) await safe.run(key, {});
    })();
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
    expect(log).toEqual(['a', 'b']);
    port1.close();
  });

  it('gives up a call that hangs on a lost device', async () => {
    const lost = new AbortController();
    const hanging: Networks = { ...fakeNetworks().networks, run: () => new Promise(() => undefined) };
    const call = guarded(hanging, () => Promise.resolve(), lost.signal).run('a', {});
    lost.abort(new Error('gone'));
    await expect(call).rejects.toThrow('gone');
  });

  it('does not start a call on a device that is already lost', async () => {
    const { networks, log } = fakeNetworks();
    const safe = guarded(networks, () => Promise.resolve(), AbortSignal.abort(new Error('gone')));
    await expect(safe.encode('a', {})).rejects.toThrow('gone');
    expect(log).toEqual([]);
  });
});
