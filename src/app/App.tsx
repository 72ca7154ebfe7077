import { useEffect, useMemo, useState } from 'react';
import { toast, Toaster } from 'sonner';
import { maskDocument, MaskPainter } from '../features/canvas';
import { ParamsPanel, ProblemCard, ResultPanel, RunBar, StepStrip } from '../features/generate';
import { InfluencePanel } from '../features/influence';
import { PromptPanel } from '../features/prompt';
import { useAppState, useSession } from '../state/session';
import { PanelBoundary } from '../ui/PanelBoundary';
import { allActions, createPageActions, type PageActions } from './actions/actions';
import { useHotkeys } from './actions/useHotkeys';
import { Header } from './Header';
import { HelpDialog } from './HelpDialog';

export function App() {
  const { store, controller } = useSession();
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const actions = useMemo(
    () =>
      createPageActions({
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
  const everything = useMemo(() => allActions(actions), [actions]);
  useHotkeys(actions);
  useProblemToasts();
  return (
    <div className="flex min-h-dvh flex-col bg-canvas lg:h-dvh lg:min-h-[44rem]">
      <Header help={actions.help} theme={actions.theme} />
      <Main actions={actions} />
      <HelpDialog actions={everything} isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)} />
      <AppToaster />
    </div>
  );
}

/**
 * Wide (from 88rem): painter, picture over influence maps, panel; the step strip under the painter. Below that the picture
 * stands beside the painter, then under it. Narrow (below 64rem): one column in the order of use, the run bar pinned; on phones
 * the painter goes from edge to edge.
 */
function Main({ actions }: { actions: PageActions }) {
  return (
    <main className="grid min-h-0 flex-1 gap-3 px-3 pb-32 lg:grid-cols-[minmax(0,1fr)_20rem] lg:px-4 lg:pb-4">
      <div className="contents min-h-0 min-w-0 gap-3 lg:grid lg:auto-rows-min lg:overflow-y-auto min-[75rem]:grid-cols-2 min-[88rem]:grid-cols-[minmax(42.5rem,1fr)_minmax(20rem,23rem)] min-[88rem]:grid-rows-[minmax(0,1fr)_auto] min-[88rem]:overflow-visible">
        <PanelBoundary name="The painter">
          <div className="h-[40rem] min-w-0 overflow-hidden rounded-2xl border border-line bg-surface shadow-card max-lg:h-[clamp(36rem,72dvh,48rem)] max-sm:-mx-3 max-sm:h-auto max-sm:rounded-none max-sm:border-x-0 min-[88rem]:h-auto min-[88rem]:min-h-0">
            <MaskPainter />
          </div>
        </PanelBoundary>
        <div className="contents min-[88rem]:col-start-2 min-[88rem]:row-span-2 min-[88rem]:row-start-1 min-[88rem]:flex min-[88rem]:min-h-0 min-[88rem]:flex-col min-[88rem]:gap-3 min-[88rem]:overflow-y-auto">
          <PanelBoundary name="The picture">
            <ResultPanel onDownload={actions.download.perform} className="max-lg:order-2" />
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

/** Where the page is too small for all of it, the picture may be out of sight when its button is pressed. */
function revealResult(): void {
  const picture = document.getElementById('result');
  if (!picture) return;
  const { top, bottom } = picture.getBoundingClientRect();
  const isMostlyHidden = top > window.innerHeight / 2 || bottom < window.innerHeight / 4;
  if (isMostlyHidden) picture.scrollIntoView({ block: 'start', behavior: 'smooth' });
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
  return <Toaster theme={theme} position="top-center" toastOptions={{ className: 'font-sans!' }} />;
}
