import { BACKGROUND } from '../../mask/classes';
import { createFillTool } from './fillTool';
import { createPanTool } from './panTool';
import { createPickTool } from './pickTool';
import { createStrokeTool } from './strokeTool';
import type { Tool, ToolId } from './tool';

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
