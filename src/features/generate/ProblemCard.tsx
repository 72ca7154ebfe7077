import { TriangleAlert, X } from 'lucide-react';
import type { WireError } from '../../diffusion/shared/errors';
import { IconButton } from '../../ui/Button';

interface ProblemCardProps {
  problem: WireError | null;
  onDismiss: () => void;
}

/** The last failure: its cause, one thing to do, and its code for a report. Stays until dismissed or tried again. */
export function ProblemCard({ problem, onDismiss }: ProblemCardProps) {
  if (!problem) return null;
  return (
    <div role="alert" className="flex gap-3 rounded-xl border border-danger/40 bg-danger-soft p-3 text-[0.8125rem]">
      <TriangleAlert size={18} className="mt-0.5 shrink-0 text-danger" aria-hidden />
      <div className="min-w-0 flex-1 leading-relaxed">
        <p className="font-medium break-words">{problem.message}</p>
        <p>{problem.cure}</p>
        <p className="mt-1 font-mono text-[0.6875rem] text-muted">{problem.code}</p>
      </div>
      <IconButton label="Dismiss" icon={<X size={16} />} tooltipAlign="end" className="-m-1" onClick={onDismiss} />
    </div>
  );
}
