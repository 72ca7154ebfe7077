import { ParamsPanel, ProblemCard, ResultPanel, RunBar, StepStrip } from '../features/generate';
import { InfluencePanel } from '../features/influence';
import { PromptPanel } from '../features/prompt';
import { useAppState } from '../state/session';
import { PanelBoundary } from '../ui/PanelBoundary';
import type { PageActions } from './actions/actions';
import { Workspace } from './Workspace';

/** A face from nothing: painter, description, picture, influence maps. */
export function CreateView({ actions }: { actions: PageActions }) {
  return (
    <Workspace
      picture={<ResultPanel onDownload={actions.create.download.perform} className="max-lg:order-2" />}
      detail={
        <PanelBoundary name="The influence maps">
          <InfluencePanel className="max-lg:order-3 min-[88rem]:grow" />
        </PanelBoundary>
      }
      strip={
        <PanelBoundary name="The step strip">
          <StepStrip className="max-lg:order-2" />
        </PanelBoundary>
      }
      panels={
        <>
          <PanelBoundary name="The description">
            <Prompt />
          </PanelBoundary>
          <PanelBoundary name="The settings">
            <ParamsPanel />
          </PanelBoundary>
        </>
      }
      runBar={
        <>
          <Problem />
          <RunBar onGenerate={actions.create.generate.perform} onCancel={actions.page.cancel.perform} />
        </>
      }
    />
  );
}

function Prompt() {
  const description = useAppState((state) => state.description);
  const setDescription = useAppState((state) => state.setDescription);
  return <PromptPanel description={description} hasExamples onChange={setDescription} />;
}

function Problem() {
  const problem = useAppState((state) => state.problem);
  const dismiss = useAppState((state) => state.dismissProblem);
  return <ProblemCard problem={problem} onDismiss={dismiss} />;
}
