import { Brush, Circle, Eraser, Hand, Lasso, PaintBucket, Pentagon, Pipette, type LucideIcon } from 'lucide-react';
import type { ToolId } from '../../stage/tools/tool';

interface ToolRow {
  readonly label: string;
  readonly hotkey: string;
  readonly Icon: LucideIcon;
}

/** Names, keys and pictures of the tools, in the order of the rail. */
export const TOOLS: Record<ToolId, ToolRow> = {
  brush: { label: 'Brush', hotkey: 'B', Icon: Brush },
  eraser: { label: 'Eraser', hotkey: 'E', Icon: Eraser },
  fill: { label: 'Fill', hotkey: 'G', Icon: PaintBucket },
  lasso: { label: 'Lasso', hotkey: 'L', Icon: Lasso },
  polygon: { label: 'Polygon', hotkey: 'P', Icon: Pentagon },
  ellipse: { label: 'Ellipse', hotkey: 'O', Icon: Circle },
  pick: { label: 'Pick', hotkey: 'I', Icon: Pipette },
  pan: { label: 'Pan', hotkey: 'H', Icon: Hand },
};
