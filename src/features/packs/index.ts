export { DeviceBadge } from './DeviceBadge';
export { findPack } from './findPack';
