export { ModeChoice, useModeName } from './ModeChoice';
export { ParamsPanel, STEPS_MAX } from './ParamsPanel';
export { ProblemCard } from './ProblemCard';
export { ResultPanel } from './ResultPanel';
export { RunBar } from './RunBar';
export { StepStrip } from './StepStrip';
export { loadProgressText, type ProgressText } from './progressText';
export { SeedInput } from './SeedInput';
