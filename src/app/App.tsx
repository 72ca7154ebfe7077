import { useEffect, useMemo, useState } from 'react';
import { toast, Toaster } from 'sonner';
import type { WireError } from '../diffusion/shared/errors';
import { currentMask } from '../features/canvas';
import { useAppState, useSession } from '../state/session';
import { allActions, createPageActions } from './actions/actions';
import { useHotkeys } from './actions/useHotkeys';
import { CreateView } from './CreateView';
import { EditView } from './EditView';
import { Header } from './Header';
import { HelpDialog } from './HelpDialog';

export function App() {
  const session = useSession();
  const view = useAppState((state) => state.view);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const actions = useMemo(
    () => createPageActions({ session, mask: currentMask, revealResult, openHelp: () => setIsHelpOpen(true) }),
    [session],
  );
  const everything = useMemo(() => allActions(actions), [actions]);
  useHotkeys(actions, view);
  useProblemToasts();
  return (
    <div className="flex min-h-dvh flex-col bg-canvas lg:h-dvh lg:min-h-[44rem]">
      <Header help={actions.page.help} theme={actions.page.theme} />
      {view === 'edit' ? <EditView actions={actions} /> : <CreateView actions={actions} />}
      <HelpDialog actions={everything} isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)} />
      <AppToaster />
    </div>
  );
}

/**
 * Where the page is too small for all of it, the picture may be out of sight when its button is pressed. It comes at once: a
 * busy browser can give up a smooth scroll.
 */
function revealResult(): void {
  const picture = document.getElementById('result');
  if (!picture) return;
  const { top, bottom } = picture.getBoundingClientRect();
  const isMostlyHidden = top > window.innerHeight / 2 || bottom < window.innerHeight / 4;
  if (isMostlyHidden) picture.scrollIntoView({ block: 'start' });
}

/** A toast draws the eye; the card by the button keeps the same words until they are dealt with. */
function useProblemToasts(): void {
  const { store } = useSession();
  useEffect(() => {
    const show = (problem: WireError | null) =>
      problem && toast.error(problem.message, { description: problem.cure, id: 'problem' });
    const stops = [
      store.subscribe((state) => state.problem, show),
      store.subscribe((state) => state.editProblem, show),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [store]);
}

function AppToaster() {
  const theme = useAppState((state) => state.theme);
  return <Toaster theme={theme} position="top-center" toastOptions={{ className: 'font-sans!' }} />;
}
