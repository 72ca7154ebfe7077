import type { MaskStage } from '../../stage/maskStage';
import type { ToolId } from '../../stage/tools/tool';
import { maskDocument } from './maskDocument';
import { brushSizeOf, painterStore, setBrushSize, setOpacity, setTool, toggleSymmetry } from './painterStore';

const TOOL_KEYS: Record<string, ToolId> = { b: 'brush', e: 'eraser', g: 'fill', i: 'pick', h: 'pan' };
/** Mask pixels of one bracket press, alone and with Shift. */
const SIZE_STEP = 2;
const LARGE_SIZE_STEP = 10;
const OPACITY_STEP = 0.1;
const ZOOM_STEP = 1.25;

/** Undo and redo, wherever in the painter the focus is. @returns whether the key was one of them */
export function handleHistoryKey(event: KeyboardEvent): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const key = event.key.toLowerCase();
  if (key === 'y' || (key === 'z' && event.shiftKey)) maskDocument.redo();
  else if (key === 'z') maskDocument.undo();
  else return false;
  return true;
}

/** Single keys, only while the canvas itself has the focus, so that they never get in the way of typing. */
export function handleStageKey(event: KeyboardEvent, stage: MaskStage): boolean {
  if (event.ctrlKey || event.metaKey) return event.key === '0' && (stage.fit(), true);
  if (event.altKey) return false;
  return stage.keyboard.handle(event) || handleSettingKey(event) || handleViewKey(event, stage);
}

function handleSettingKey(event: KeyboardEvent): boolean {
  const tool = event.shiftKey ? undefined : TOOL_KEYS[event.key.toLowerCase()];
  if (tool) setTool(tool);
  else if (event.key === 'S') toggleSymmetry();
  else if (event.code === 'BracketLeft' || event.code === 'BracketRight') resizeBrush(event);
  else if (event.key === ',' || event.key === '.') {
    setOpacity(painterStore.getState().opacity + (event.key === '.' ? OPACITY_STEP : -OPACITY_STEP));
  } else return false;
  return true;
}

/** Brackets by their place on the keyboard, as on many layouts they have no key of their own. */
function resizeBrush(event: KeyboardEvent): void {
  const step = event.shiftKey ? LARGE_SIZE_STEP : SIZE_STEP;
  setBrushSize(brushSizeOf(painterStore.getState()) + (event.code === 'BracketRight' ? step : -step));
}

function handleViewKey(event: KeyboardEvent, stage: MaskStage): boolean {
  if (event.key === '+' || event.key === '=') stage.zoom(ZOOM_STEP);
  else if (event.key === '-') stage.zoom(1 / ZOOM_STEP);
  else return false;
  return true;
}
