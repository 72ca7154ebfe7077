import { Profiler } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../../diffusion/shared/errors';
import { FrameCache } from '../../state/frameCache';
import { RunController } from '../../state/runController';
import { SessionProvider, type Session } from '../../state/session';
import { createAppStore } from '../../state/store';
import { maskDocument, MaskPainter } from './index';
import { painterStore, setClass, setTool } from './painterStore';

const HAT = 14;
/** The first start fetches a sample and its decoder, and test machines are busy. */
const PATIENCE = { timeout: 20_000 };

/** The painter runs no model, so whoever asks for one has lost the way. */
function createSession(): Session {
  const store = createAppStore();
  const frames = new FrameCache();
  const controller = new RunController({
    store,
    frames,
    createEngine: () => {
      throw new AppError('ENGINE_FAILED', 'No engine in this test.', 'None.');
    },
    findPack: () => Promise.reject(new AppError('PACK_MISSING', 'No pack in this test.', 'None.')),
    loadOptions: { device: 'wasm', threads: 1 },
  });
  return { store, frames, controller };
}

const onRender = vi.fn();

let root: Root;
let container: HTMLElement;

async function openPainter(): Promise<HTMLElement> {
  container = document.createElement('div');
  container.style.cssText = 'position:relative;width:900px;height:700px';
  document.body.append(container);
  root = createRoot(container);
  root.render(
    <SessionProvider session={createSession()}>
      <Profiler id="painter" onRender={onRender}>
        <MaskPainter />
      </Profiler>
    </SessionProvider>,
  );
  const canvas = await vi.waitFor(() => {
    const found = container.querySelector<HTMLElement>('[role=application]');
    if (!found?.querySelector('canvas') || maskDocument.revision === 0) throw new Error('Not there yet.');
    return found;
  }, PATIENCE);
  // No style sheet here: the host is given the room that the page's layout would.
  canvas.style.cssText += ';position:absolute;inset:0';
  await nextFrame();
  return canvas;
}

function closePainter(): void {
  root.unmount();
  container.remove();
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

function fire(canvas: HTMLElement, type: string, dx: number): void {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const place = { clientX: left + width / 2 + dx, clientY: top + height / 2 };
  canvas.dispatchEvent(
    new PointerEvent(type, { pointerId: 1, pointerType: 'mouse', buttons: 1, bubbles: true, ...place }),
  );
}

beforeEach(() => {
  setTool('brush');
  setClass(HAT);
});

afterEach(closePainter);

test('painting renders nothing and tells no store until the stroke is done', { timeout: 30_000 }, async () => {
  const canvas = await openPainter();
  const onStore = vi.fn();
  const onCommit = vi.fn();
  const stops = [painterStore.subscribe(onStore), maskDocument.subscribe(onCommit)];
  onRender.mockClear();
  fire(canvas, 'pointerdown', -100);
  for (let dx = -100; dx <= 100; dx += 5) fire(canvas, 'pointermove', dx);
  await nextFrame();
  expect(maskDocument.live.data.includes(HAT)).toBe(true);
  expect(onRender).not.toHaveBeenCalled();
  expect(onStore).not.toHaveBeenCalled();
  expect(onCommit).not.toHaveBeenCalled();
  fire(canvas, 'pointerup', 100);
  expect(onCommit).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(onRender).toHaveBeenCalled(), PATIENCE);
  for (const stop of stops) stop();
});

test(
  'leaving the page and coming back within it starts a fresh stage on the same mask',
  { timeout: 30_000 },
  async () => {
    const canvas = await openPainter();
    fire(canvas, 'pointerdown', 0);
    fire(canvas, 'pointerup', 0);
    const before = maskDocument.snapshot().mask;
    closePainter();
    const again = await openPainter();
    expect(again.querySelectorAll('canvas')).toHaveLength(3);
    expect(maskDocument.snapshot().mask.every((value, i) => value === before[i])).toBe(true);
  },
);
