export { maskDocument } from './maskDocument';
export { MaskPainter } from './MaskPainter';
