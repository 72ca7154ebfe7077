export { ParamsPanel } from './ParamsPanel';
export { ProblemCard } from './ProblemCard';
export { ResultPanel } from './ResultPanel';
export { RunBar } from './RunBar';
export { StepStrip } from './StepStrip';
