import { describe, expect, it, vi } from 'vitest';
import type { StepFrame } from '../shared/types';
import { FrameSink } from './frameSink';

function setUp() {
  const sent: number[] = [];
  const closed: number[] = [];
  const sink = new FrameSink(({ step }) => sent.push(step));
  const push = (step: number): void => {
    const preview: Pick<ImageBitmap, 'close'> = { close: () => void closed.push(step) };
    sink.push({ step, preview } as StepFrame);
  };
  return { sink, sent, closed, push };
}

describe('FrameSink', () => {
  it('sends the next frame only after the page has taken the last one in', () => {
    const { sink, sent, push } = setUp();
    push(1);
    push(2);
    expect(sent).toEqual([1]);
    sink.acknowledge();
    expect(sent).toEqual([1, 2]);
    sink.acknowledge();
    push(3);
    expect(sent).toEqual([1, 2, 3]);
  });

  it('keeps the latest for a slow page and closes what it drops', () => {
    const { sink, sent, closed, push } = setUp();
    for (const step of [1, 2, 3, 4]) push(step);
    expect(closed).toEqual([2, 3]);
    sink.acknowledge();
    expect(sent).toEqual([1, 4]);
  });

  it('lets the maths wait for room, and no longer than asked', async () => {
    vi.useFakeTimers();
    const { sink, push } = setUp();
    await sink.room(1000);
    push(1);
    await sink.room(1000);
    push(2);
    let isFree = false;
    const waiting = sink.room(1000).then(() => (isFree = true));
    await vi.advanceTimersByTimeAsync(900);
    expect(isFree).toBe(false);
    sink.acknowledge();
    await waiting;
    push(3);
    const late = sink.room(1000);
    await vi.advanceTimersByTimeAsync(1000);
    await late;
    vi.useRealTimers();
  });

  it('sends the last frame when the run ends, and drops it when the run fails', () => {
    const done = setUp();
    done.push(1);
    done.push(2);
    done.sink.flush();
    expect(done.sent).toEqual([1, 2]);
    const failed = setUp();
    failed.push(1);
    failed.push(2);
    failed.sink.drop();
    failed.sink.acknowledge();
    expect(failed.sent).toEqual([1]);
    expect(failed.closed).toEqual([2]);
  });
});
