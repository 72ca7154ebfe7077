export { copyOfMask, openMask, putMask } from './documents';
export { maskDocument } from './maskDocument';
export { MaskPainter } from './MaskPainter';
export { PAINTER_ACTIONS, PAINTER_GESTURES } from './painterActions';
export { setPainter } from './painterStore';
export { currentMask, startPersistence } from './persistence';
export { useMaskRevision } from './useMaskDocument';
