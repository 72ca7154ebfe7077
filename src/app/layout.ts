/**
 * What both views share. Wide (from 88rem): painter, picture over what belongs to it, panel; a strip under the painter. Below that
 * the picture stands beside the painter, then under it. Narrow (below 64rem): one column in the order of use, the run bar pinned; on
 * phones the painter goes from edge to edge.
 */
export const MAIN = 'grid min-h-0 flex-1 gap-3 px-3 pb-32 lg:grid-cols-[minmax(0,1fr)_20rem] lg:px-4 lg:pb-4';

export const COLUMNS =
  'contents min-h-0 min-w-0 gap-3 lg:grid lg:auto-rows-min lg:overflow-y-auto min-[75rem]:grid-cols-2 min-[88rem]:grid-cols-[minmax(42.5rem,1fr)_minmax(20rem,23rem)] min-[88rem]:grid-rows-[minmax(0,1fr)_auto] min-[88rem]:overflow-visible';

export const PAINTER_BOX =
  'h-[40rem] min-w-0 overflow-hidden rounded-2xl border border-line bg-surface shadow-card max-lg:h-[clamp(36rem,72dvh,48rem)] max-sm:-mx-3 max-sm:h-auto max-sm:rounded-none max-sm:border-x-0 min-[88rem]:h-auto min-[88rem]:min-h-0';

export const RIGHT_COLUMN =
  'contents min-[88rem]:col-start-2 min-[88rem]:row-span-2 min-[88rem]:row-start-1 min-[88rem]:flex min-[88rem]:min-h-0 min-[88rem]:flex-col min-[88rem]:gap-3 min-[88rem]:overflow-y-auto';

/** The bar with the one big button. */
export const PINNED =
  'flex flex-col gap-3 max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-20 max-lg:border-t max-lg:border-line max-lg:bg-surface max-lg:px-4 max-lg:pt-3 max-lg:pb-[max(0.75rem,env(safe-area-inset-bottom))]';
