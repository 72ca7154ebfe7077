import { BACKGROUND } from '../../mask/classes.ts';
import { createFillTool } from './fillTool.ts';
import { createPanTool } from './panTool.ts';
import { createPickTool } from './pickTool.ts';
import { createStrokeTool } from './strokeTool.ts';
import type { Tool, ToolId } from './tool.ts';

/** A fresh set of tools: each keeps the state of the gesture that it runs. */
export function createTools(): Record<ToolId, Tool> {
  return {
    brush: createStrokeTool('Brush', (context) => context.classIndex),
    eraser: createStrokeTool('Eraser', () => BACKGROUND),
    fill: createFillTool(),
    pick: createPickTool(),
    pan: createPanTool(),
  };
}
