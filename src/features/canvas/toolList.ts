import { Brush, Eraser, Hand, PaintBucket, Pipette, type LucideIcon } from 'lucide-react';
import type { ToolId } from '../../stage/tools/tool';

/** Names, keys and pictures of the tools, in the order of the rail. */
export const TOOLS: Record<ToolId, { label: string; key: string; Icon: LucideIcon }> = {
  brush: { label: 'Brush', key: 'B', Icon: Brush },
  eraser: { label: 'Eraser', key: 'E', Icon: Eraser },
  fill: { label: 'Fill', key: 'G', Icon: PaintBucket },
  pick: { label: 'Pick', key: 'I', Icon: Pipette },
  pan: { label: 'Pan', key: 'H', Icon: Hand },
};
