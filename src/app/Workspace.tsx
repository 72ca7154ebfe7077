import type { ReactNode } from 'react';
import { MaskPainter } from '../features/canvas';
import { PanelBoundary } from '../ui/PanelBoundary';

interface WorkspaceProps {
  /** The picture, and below it what belongs to it. */
  picture: ReactNode;
  detail: ReactNode;
  /** Under the painter. */
  strip: ReactNode;
  /** At the side, in the order of use. */
  panels: ReactNode;
  /** With the one big button; at the foot of a phone. */
  runBar: ReactNode;
}

/**
 * What both views share. Wide (from 88rem): painter, picture over what belongs to it, panels; a strip under the painter. Below that
 * the picture stands beside the painter, then under it. Narrow (below 64rem): one column in the order of use, the run bar pinned; on
 * phones the painter goes from edge to edge.
 */
export function Workspace({ picture, detail, strip, panels, runBar }: WorkspaceProps) {
  return (
    <main className="grid min-h-0 flex-1 gap-3 px-3 pb-32 lg:grid-cols-[minmax(0,1fr)_20rem] lg:px-4 lg:pb-4">
      <div className="contents min-h-0 min-w-0 gap-3 lg:grid lg:auto-rows-min lg:overflow-y-auto min-[75rem]:grid-cols-2 min-[88rem]:grid-cols-[minmax(42.5rem,1fr)_minmax(20rem,23rem)] min-[88rem]:grid-rows-[minmax(0,1fr)_auto] min-[88rem]:overflow-visible">
        <PanelBoundary name="The painter">
          <div className="h-[40rem] min-w-0 overflow-hidden rounded-2xl border border-line bg-surface shadow-card max-lg:h-[clamp(36rem,72dvh,48rem)] max-sm:-mx-3 max-sm:h-auto max-sm:rounded-none max-sm:border-x-0 min-[88rem]:h-auto min-[88rem]:min-h-0">
            <MaskPainter />
          </div>
        </PanelBoundary>
        <div className="contents min-[88rem]:col-start-2 min-[88rem]:row-span-2 min-[88rem]:row-start-1 min-[88rem]:flex min-[88rem]:min-h-0 min-[88rem]:flex-col min-[88rem]:gap-3 min-[88rem]:overflow-y-auto">
          <PanelBoundary name="The picture">{picture}</PanelBoundary>
          {detail}
        </div>
        {strip}
      </div>
      <div className="flex min-h-0 min-w-0 flex-col gap-3 max-lg:order-1">
        <div className="flex min-h-0 flex-col gap-3 lg:flex-1 lg:overflow-y-auto">{panels}</div>
        <div className="flex flex-col gap-3 max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-20 max-lg:border-t max-lg:border-line max-lg:bg-surface max-lg:px-4 max-lg:pt-3 max-lg:pb-[max(0.75rem,env(safe-area-inset-bottom))]">
          <PanelBoundary name="The run bar">{runBar}</PanelBoundary>
        </div>
      </div>
    </main>
  );
}
