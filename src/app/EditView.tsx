import { RotateCcw } from 'lucide-react';
import {
  Aligning,
  ApplyBar,
  CropStage,
  EditResult,
  EditSettingsPanel,
  Intake,
  PhotoPanel,
  RegionPanel,
  useHasChanges,
  usePhotoFiles,
  useReplacePhoto,
  VariantStrip,
} from '../features/edit';
import { ProblemCard } from '../features/generate';
import { PromptPanel } from '../features/prompt';
import { canEdit } from '../state/selectors';
import { useAppState } from '../state/session';
import { Button } from '../ui/Button';
import { PanelBoundary } from '../ui/PanelBoundary';
import type { PageActions } from './actions/actions';
import { Workspace } from './Workspace';

/** A photo's face: brought, found, repainted or rewritten, and put back. */
export function EditView({ actions }: { actions: PageActions }) {
  const { open } = useReplacePhoto();
  const phase = useAppState((state) => state.editPhase);
  const isDropping = usePhotoFiles(open);
  const isAtWork = phase === 'ready' || phase === 'running' || phase === 'done';
  return (
    <>
      {isAtWork ? <Workbench actions={actions} /> : <Preparation />}
      {isDropping && (
        <div className="pointer-events-none fixed inset-3 z-30 grid place-items-center rounded-2xl border-2 border-dashed border-accent bg-canvas/85 text-lg font-semibold">
          Drop the photo
        </div>
      )}
    </>
  );
}

/** Until there is a face to edit. */
function Preparation() {
  const phase = useAppState((state) => state.editPhase);
  return (
    <main className="flex min-h-0 flex-1 flex-col gap-3 px-3 pb-4 lg:px-4">
      <PanelBoundary name="The photo">
        <Problem />
        {phase === 'empty' && <Intake />}
        {phase === 'cropping' && <CropStage />}
        {(phase === 'finding' || phase === 'reading') && <Aligning />}
      </PanelBoundary>
    </main>
  );
}

function Workbench({ actions }: { actions: PageActions }) {
  return (
    <Workspace
      picture={<EditResult onDownload={actions.edit.download.perform} className="max-lg:order-2" />}
      detail={
        <PanelBoundary name="The region">
          <RegionPanel className="max-lg:order-3 min-[88rem]:grow" />
        </PanelBoundary>
      }
      strip={
        <PanelBoundary name="The strip">
          <Strip actions={actions} />
        </PanelBoundary>
      }
      panels={
        <>
          <PanelBoundary name="The photo">
            <PhotoPanel />
          </PanelBoundary>
          <PanelBoundary name="The description">
            <Prompt />
          </PanelBoundary>
          <PanelBoundary name="The settings">
            <EditSettingsPanel />
          </PanelBoundary>
        </>
      }
      runBar={
        <>
          <Problem />
          <ApplyBar onApply={actions.edit.apply.perform} onCancel={actions.page.cancel.perform} />
        </>
      }
    />
  );
}

function Strip({ actions }: { actions: PageActions }) {
  const ready = useAppState(canEdit);
  const hasChanges = useHasChanges();
  return (
    <VariantStrip
      onStrengths={actions.edit.strengths.perform}
      onModels={actions.edit.models.perform}
      isReady={ready && hasChanges}
      className="max-lg:order-2"
    />
  );
}

function Prompt() {
  const description = useAppState((state) => state.editDescription);
  const photoDescription = useAppState((state) => state.photoDescription);
  const set = useAppState((state) => state.setEdit);
  return (
    <PromptPanel
      description={description}
      onChange={(editDescription) => set({ editDescription })}
      aside={
        description !== photoDescription && (
          <Button
            size="small"
            variant="ghost"
            className="-mr-2"
            title={photoDescription}
            onClick={() => set({ editDescription: photoDescription })}
          >
            <RotateCcw size={14} aria-hidden />
            Photo’s words
          </Button>
        )
      }
    />
  );
}

function Problem() {
  const problem = useAppState((state) => state.editProblem);
  const dismiss = useAppState((state) => state.dismissEditProblem);
  return <ProblemCard problem={problem} onDismiss={dismiss} />;
}
