import { useEffect, useMemo, useState } from 'react';
import { toast, Toaster } from 'sonner';
import { maskDocument, MaskPainter } from '../features/canvas';
import { ParamsPanel, ProblemCard, ResultPanel, RunBar, StepStrip } from '../features/generate';
import { InfluencePanel } from '../features/influence';
import { PromptPanel } from '../features/prompt';
import { useAppState, useSession } from '../state/session';
import { PanelBoundary } from '../ui/PanelBoundary';
import { createActions, type Actions } from './actions/actions';
import { useHotkeys } from './actions/useHotkeys';
import { Header } from './Header';
import { HelpDialog } from './HelpDialog';

export function App() {
  const { store, controller } = useSession();
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const actions = useMemo(
    () =>
      createActions({
        getState: store.getState,
        generate: () => {
          void controller.generate(maskDocument.snapshot());
          revealResult();
        },
        cancel: () => controller.cancel(),
        openHelp: () => setIsHelpOpen(true),
      }),
    [store, controller],
  );
  useHotkeys(actions, store);
  useProblemToasts();
  return (
    <div className="flex min-h-dvh flex-col bg-canvas lg:h-dvh lg:min-h-[44rem]">
      <Header onHelp={actions.help.perform} />
      <Main actions={actions} />
      <HelpDialog actions={actions} isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)} />
      <AppToaster />
    </div>
  );
}

function Main({ actions }: { actions: Actions }) {
  return (
    <main className="grid min-h-0 flex-1 gap-3 px-3 pb-36 lg:grid-cols-[minmax(0,1fr)_20rem] lg:px-5 lg:pb-5 xl:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="grid min-h-0 min-w-0 gap-3 lg:overflow-y-auto xl:grid-cols-2 xl:grid-rows-[minmax(0,1fr)_auto]">
        <PanelBoundary name="The painter">
          <div className="min-h-0 min-w-0">
            <MaskPainter />
          </div>
        </PanelBoundary>
        <PanelBoundary name="The picture">
          <ResultPanel onDownload={actions.download.perform} />
        </PanelBoundary>
        <PanelBoundary name="The step strip">
          <StepStrip />
        </PanelBoundary>
        <PanelBoundary name="The influence maps">
          <InfluencePanel />
        </PanelBoundary>
      </div>
      <SidePanel actions={actions} />
    </main>
  );
}

function SidePanel({ actions }: { actions: Actions }) {
  return (
    <div className="flex min-h-0 min-w-0 flex-col gap-3 max-lg:order-first">
      <div className="flex min-h-0 flex-col gap-3 lg:flex-1 lg:overflow-y-auto">
        <PanelBoundary name="The description">
          <PromptPanel />
        </PanelBoundary>
        <PanelBoundary name="The settings">
          <ParamsPanel />
        </PanelBoundary>
      </div>
      <div className="flex flex-col gap-3 max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-20 max-lg:border-t max-lg:border-line max-lg:bg-surface max-lg:px-4 max-lg:pt-3 max-lg:pb-[max(0.75rem,env(safe-area-inset-bottom))]">
        <PanelBoundary name="The run bar">
          <ProblemCard />
          <RunBar onGenerate={actions.generate.perform} onCancel={actions.cancel.perform} />
        </PanelBoundary>
      </div>
    </div>
  );
}

/** On a narrow page the picture may be out of sight when its button is pressed. */
function revealResult(): void {
  const picture = document.getElementById('result');
  if (!picture || window.matchMedia('(min-width: 64rem)').matches) return;
  picture.scrollIntoView({ block: 'start', behavior: 'smooth' });
}

/** A toast draws the eye; the card by the button keeps the same words until they are dealt with. */
function useProblemToasts(): void {
  const { store } = useSession();
  useEffect(
    () =>
      store.subscribe(
        (state) => state.problem,
        (problem) => problem && toast.error(problem.message, { description: problem.cure, id: 'problem' }),
      ),
    [store],
  );
}

function AppToaster() {
  const theme = useAppState((state) => state.theme);
  return <Toaster theme={theme} position="top-center" />;
}
