import { Profiler } from 'react';
import { createRoot } from 'react-dom/client';
import { vi } from 'vitest';
import { AppError } from '../../diffusion/shared/errors';
import { createSession } from '../../state/createSession';
import { SessionProvider, type Session } from '../../state/session';
import { copyOfMask, maskDocument, MaskPainter, putMask, startPersistence } from './index';

/** The first start fetches a sample and its decoder, and test machines are busy. */
export const PATIENCE = { timeout: 20_000 };

/** The painter runs no model, so whoever asks for one has lost the way. */
function idleSession(): Session {
  return createSession({
    createEngine: () => {
      throw new AppError('ENGINE_FAILED', 'No engine in this test.', 'None.');
    },
    findPack: () => Promise.reject(new AppError('PACK_MISSING', 'No pack in this test.', 'None.')),
    loadOptions: { device: 'wasm', threads: 1 },
    editMask: { put: (mask, size) => putMask('edit', mask, size), get: () => copyOfMask('edit') },
  });
}

/** The zoom that shows a mask of 512 in 900 × 700 pixels. */
const FITTED = '129 %';

export const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** The painter on the page without a style sheet, its parts by their accessible names, and a mouse to paint with. */
export async function openPainter() {
  const container = document.createElement('div');
  container.style.cssText = 'position:relative;width:900px;height:700px';
  document.body.append(container);
  void startPersistence();
  const onRender = vi.fn();
  const root = createRoot(container);
  root.render(
    <SessionProvider session={idleSession()}>
      <Profiler id="painter" onRender={onRender}>
        <MaskPainter />
      </Profiler>
    </SessionProvider>,
  );
  const canvas = await vi.waitFor(() => {
    const found = container.querySelector<HTMLElement>('[role=application]');
    // The summary shows that the page has drawn the first mask too.
    const isDrawn = maskDocument.revision > 0 && !container.textContent.includes('Background 100 %');
    if (!found?.querySelector('canvas') || !isDrawn) throw new Error('Not there yet.');
    return found;
  }, PATIENCE);
  // No style sheet here: the host is given the room that the page's layout would.
  canvas.style.cssText += ';position:absolute;inset:0';
  // The new size goes to the stage, and from there as the zoom to React.
  await vi.waitFor(() => {
    if (find('output[aria-label=Zoom]').textContent !== FITTED) throw new Error('Still the size it had without room.');
  }, PATIENCE);

  /** One event at a distance from the canvas's middle, CSS pixels. */
  function fire(type: string, dx: number): void {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const place = { clientX: left + width / 2 + dx, clientY: top + height / 2 };
    canvas.dispatchEvent(
      new PointerEvent(type, { pointerId: 1, pointerType: 'mouse', buttons: 1, bubbles: true, ...place }),
    );
  }

  function find(selector: string): HTMLElement {
    const found = container.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`Nothing matches ${selector}.`);
    return found;
  }

  const press = (key: string, init: KeyboardEventInit = {}, target: HTMLElement = canvas) => {
    for (const type of ['keydown', 'keyup']) {
      target.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, cancelable: true, ...init }));
    }
  };
  const close = () => {
    root.unmount();
    container.remove();
  };
  return { container, canvas, onRender, fire, find, press, close };
}

export type Painter = Awaited<ReturnType<typeof openPainter>>;
