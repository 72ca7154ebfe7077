import { vi } from 'vitest';
import { MaskDocument } from '../../mask/maskDocument';
import type { Sample, Tool, ToolContext } from './tool';
import { createTools } from './tools';

export const SIZE = 64;
export const SKIN = 1;
export const LEFT_EYE = 4;
export const RIGHT_EYE = 5;
export const HAIR = 13;

type Settings = Partial<
  Pick<ToolContext, 'classIndex' | 'brushSize' | 'axis' | 'covers' | 'eraseTo' | 'fill' | 'scale'>
>;

/** A small mask with tools to work on it, at two CSS pixels a mask pixel. */
export function setUp(settings: Settings = {}) {
  const document = new MaskDocument(SIZE);
  const defaults: Required<Settings> = {
    classIndex: HAIR,
    brushSize: 8,
    axis: null,
    covers: null,
    eraseTo: 'background',
    fill: { connectivity: 4, closeGaps: 0 },
    scale: 2,
  };
  const context = {
    ...defaults,
    ...settings,
    document,
    pickClass: vi.fn(),
    panBy: vi.fn(),
    zoomBy: vi.fn(),
    setBrushSize: vi.fn(),
    moveAxis: vi.fn(),
  } satisfies ToolContext;
  const classAt = (x: number, y: number) => document.live.data[y * SIZE + x];
  const painted = () => document.live.data.filter((value) => value !== 0).length;
  return { document, context, classAt, painted, tools: createTools() };
}

export function sample(x: number, y: number, contact: Partial<Sample> = {}): Sample {
  const none = { pressure: null, shift: false, ctrl: false, reach: 12, time: 0 };
  return { x, y, screen: { x: x * 2, y: y * 2 }, ...none, ...contact };
}

/** A whole gesture. @returns what the tool says has happened */
export function drag(tool: Tool, context: ToolContext, first: Sample, ...rest: Sample[]): string {
  tool.begin(context, first);
  for (const each of rest) tool.move(context, [each]);
  return tool.end(context);
}

/** A mask of the given class at every place where `isIn` says so. */
export function maskOf(value: number, isIn: (x: number, y: number) => boolean): Uint8Array<ArrayBuffer> {
  return new Uint8Array(SIZE * SIZE).map((_, i) => (isIn(i % SIZE, Math.floor(i / SIZE)) ? value : 0));
}
