import { createAxisTool } from './axisTool';
import { createEllipseTool } from './ellipseTool';
import { createFillTool } from './fillTool';
import { createLassoTool } from './lassoTool';
import { classInk, eraserInk } from './marks';
import { createPanTool } from './panTool';
import { createPickTool } from './pickTool';
import { PolygonTool } from './polygonTool';
import { createSizeTool } from './sizeTool';
import { StrokeTool } from './strokeTool';
import type { GestureId, StepTool, Tool } from './tool';
import { createZoomTool } from './zoomTool';

export type Tools = Record<Exclude<GestureId, 'polygon'>, Tool> & { readonly polygon: StepTool };

/** A fresh set of tools: each keeps the state of the gesture that it runs. */
export function createTools(): Tools {
  return {
    brush: new StrokeTool('Brush', classInk),
    eraser: new StrokeTool('Eraser', eraserInk),
    fill: createFillTool(),
    lasso: createLassoTool(),
    polygon: new PolygonTool(),
    ellipse: createEllipseTool(),
    pick: createPickTool(),
    pan: createPanTool(),
    zoom: createZoomTool(),
    size: createSizeTool(),
    axis: createAxisTool(),
  };
}
