import type { Sample, Tool } from './tool';

/** Takes the class under the pointer when it is let go. */
export function createPickTool(): Tool {
  let last: Sample | null = null;
  return {
    cursor: 'crosshair',
    begin(_context, sample) {
      last = sample;
    },
    move(_context, samples) {
      last = samples.at(-1) ?? last;
    },
    end({ document, pickClass }) {
      const { data, size } = document.live;
      if (last && last.x >= 0 && last.x < size && last.y >= 0 && last.y < size) {
        pickClass(data[Math.floor(last.y) * size + Math.floor(last.x)]!);
      }
      last = null;
    },
    cancel() {
      last = null;
    },
  };
}
