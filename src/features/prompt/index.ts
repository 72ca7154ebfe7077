export { offerDescription } from './offerDescription';
export { PromptPanel } from './PromptPanel';
