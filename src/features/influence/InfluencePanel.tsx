import { useMemo } from 'react';
import type { InfluenceMap, StepFrame } from '../../diffusion/shared/types';
import { GRADIENT, paintWeights } from '../../lib/colormap';
import { mean, sampleGrid, type GridSize } from '../../lib/grid';
import { shownStep } from '../../state/selectors';
import { useAppState, useSession } from '../../state/session';
import { BitmapCanvas } from '../../ui/BitmapCanvas';
import { Panel } from '../../ui/Panel';
import { InfluenceOverTime } from './InfluenceOverTime';
import { ProbeMark } from './ProbeMark';
import { useProbe } from './useProbe';

/** Who rules where, at the step on show: one heat map for each collaborator, and both weights at one place. */
export function InfluencePanel({ className }: { className?: string }) {
  const { frames } = useSession();
  const step = useAppState(shownStep);
  const frame = frames.at(step);
  return (
    <Panel title="Influence" className={className} aside={frame && frame.influence.length > 0 && <Legend />}>
      <fieldset aria-label="Influence maps" className="min-w-0 px-4 pb-4">
        {frame && frame.influence.length > 0 ? <Maps frame={frame} /> : <NoMaps isUniModal={frame !== undefined} />}
      </fieldset>
    </Panel>
  );
}

function NoMaps({ isUniModal }: { isUniModal: boolean }) {
  return (
    <p className="text-[0.8125rem] text-muted">
      {isUniModal
        ? 'One model ran alone here, so it ruled everywhere. Choose “Both” to see them share the face.'
        : 'While the face forms, heat maps show where the mask rules and where the words do.'}
    </p>
  );
}

function Maps({ frame }: { frame: StepFrame }) {
  const firstLabel = useLabel(frame.influence[0]?.collaborator ?? '');
  return (
    <>
      <div className="grid auto-cols-fr grid-flow-col gap-3">
        {frame.influence.map((map) => (
          <HeatMap key={map.collaborator} map={map} size={frame.influenceSize} />
        ))}
      </div>
      <Readout maps={frame.influence} size={frame.influenceSize} />
      <InfluenceOverTime label={firstLabel} shown={frame.step} />
    </>
  );
}

function useLabel(collaborator: string): string {
  const label = useAppState((state) => state.pack?.collaborators.find(({ id }) => id === collaborator)?.label);
  return label ?? collaborator;
}

function HeatMap({ map, size }: { map: InfluenceMap; size: GridSize }) {
  const label = useLabel(map.collaborator);
  const probe = useProbe();
  const image = useMemo(
    () => new ImageData(paintWeights(map.weights), size.width, size.height),
    [map, size.width, size.height],
  );
  return (
    <figure className="min-w-0">
      <div className="relative aspect-square overflow-hidden rounded-lg" {...probe}>
        <BitmapCanvas source={image} role="img" aria-label={`${label} influence`} className="size-full" />
        <ProbeMark />
      </div>
      <figcaption className="mt-1.5 text-xs font-medium">{label}</figcaption>
    </figure>
  );
}

/** The weights of all collaborators at the probe, or the mean of the picture. They sum to one, so one bar holds them all. */
function Readout({ maps, size }: { maps: InfluenceMap[]; size: GridSize }) {
  const probe = useAppState((state) => state.probe);
  const weights = maps.map((map) => (probe ? sampleGrid(map.weights, size, probe.x, probe.y) : mean(map.weights)));
  return (
    <div className="mt-3">
      <div aria-hidden className="flex h-2 gap-0.5 overflow-hidden rounded-full">
        {maps.map((map, i) => (
          <span
            key={map.collaborator}
            className={i % 2 === 0 ? 'bg-accent' : 'bg-line-strong'}
            style={{ width: `${(weights[i] ?? 0) * 100}%` }}
          />
        ))}
      </div>
      <p className="mt-1.5 flex flex-wrap justify-between gap-x-3 text-xs tabular-nums">
        <span className="text-muted">{probe ? 'At this place' : 'Whole picture'}</span>
        {maps.map((map, i) => (
          <Weight key={map.collaborator} collaborator={map.collaborator} weight={weights[i] ?? 0} />
        ))}
      </p>
      <p className="mt-1 text-[0.6875rem] text-muted">Weights, not proof of cause.</p>
    </div>
  );
}

function Weight({ collaborator, weight }: { collaborator: string; weight: number }) {
  return (
    <span>
      {useLabel(collaborator)} <span className="font-semibold">{weight.toFixed(2)}</span>
    </span>
  );
}

function Legend() {
  return (
    <span className="flex items-center gap-1.5 text-[0.6875rem] text-muted tabular-nums">
      0
      <span
        role="img"
        aria-label="Colours from dark, 0, to bright, 1"
        className="h-2 w-16 rounded-full"
        style={{ background: GRADIENT }}
      />
      1
    </span>
  );
}
