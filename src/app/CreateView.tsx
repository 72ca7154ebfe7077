import { MaskPainter } from '../features/canvas';
import { ParamsPanel, ProblemCard, ResultPanel, RunBar, StepStrip } from '../features/generate';
import { InfluencePanel } from '../features/influence';
import { PromptPanel } from '../features/prompt';
import { useAppState } from '../state/session';
import { PanelBoundary } from '../ui/PanelBoundary';
import type { PageActions } from './actions/actions';
import { COLUMNS, MAIN, PAINTER_BOX, PINNED, RIGHT_COLUMN } from './layout';

/** A face from nothing: painter, description, picture, influence maps. */
export function CreateView({ actions }: { actions: PageActions }) {
  return (
    <main className={MAIN}>
      <div className={COLUMNS}>
        <PanelBoundary name="The painter">
          <div className={PAINTER_BOX}>
            <MaskPainter />
          </div>
        </PanelBoundary>
        <div className={RIGHT_COLUMN}>
          <PanelBoundary name="The picture">
            <ResultPanel onDownload={actions.create.download.perform} className="max-lg:order-2" />
          </PanelBoundary>
          <PanelBoundary name="The influence maps">
            <InfluencePanel className="max-lg:order-3 min-[88rem]:grow" />
          </PanelBoundary>
        </div>
        <PanelBoundary name="The step strip">
          <StepStrip className="max-lg:order-2" />
        </PanelBoundary>
      </div>
      <SidePanel actions={actions} />
    </main>
  );
}

function SidePanel({ actions }: { actions: PageActions }) {
  return (
    <div className="flex min-h-0 min-w-0 flex-col gap-3 max-lg:order-1">
      <div className="flex min-h-0 flex-col gap-3 lg:flex-1 lg:overflow-y-auto">
        <PanelBoundary name="The description">
          <Prompt />
        </PanelBoundary>
        <PanelBoundary name="The settings">
          <ParamsPanel />
        </PanelBoundary>
      </div>
      <div className={PINNED}>
        <PanelBoundary name="The run bar">
          <Problem />
          <RunBar onGenerate={actions.create.generate.perform} onCancel={actions.page.cancel.perform} />
        </PanelBoundary>
      </div>
    </div>
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
