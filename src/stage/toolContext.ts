import type { MaskDocument } from '../mask/maskDocument';
import type { StageCallbacks, StageSettings } from './stageSettings';
import type { ToolContext } from './tools/tool';
import type { View } from './view';

/** What gestures work on. */
export interface Surroundings {
  readonly document: MaskDocument;
  readonly view: View;
  readonly callbacks: StageCallbacks;
  readonly settings: () => StageSettings;
  /** The cursor or a shape in progress looks different now. */
  readonly redraw: () => void;
}

/** What tools see: always the settings of now, as these may change in the middle of a gesture. */
export function createToolContext({ document, view, callbacks, settings }: Surroundings): ToolContext {
  return {
    document,
    get classIndex() {
      return settings().classIndex;
    },
    get brushSize() {
      return settings().brushSize;
    },
    get axis() {
      return settings().axis;
    },
    get covers() {
      return settings().covers;
    },
    get eraseTo() {
      return settings().eraseTo;
    },
    get fill() {
      return settings().fill;
    },
    get scale() {
      return view.viewport.scale;
    },
    pickClass: (index) => callbacks.onPickClass(index),
    panBy: (dx, dy) => view.pan(dx, dy),
    zoomBy: (factor, at) => view.zoom(factor, at),
    setBrushSize: (diameter) => callbacks.onBrushSize(diameter),
    moveAxis: (x) => callbacks.onAxis(x),
  };
}
