export { maskDocument } from './maskDocument';
export { MaskPainter } from './MaskPainter';
export { PAINTER_ACTIONS, PAINTER_GESTURES } from './painterActions';
