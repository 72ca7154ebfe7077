export { InfluencePanel } from './InfluencePanel';
export { ProbeMark } from './ProbeMark';
export { useProbe } from './useProbe';
