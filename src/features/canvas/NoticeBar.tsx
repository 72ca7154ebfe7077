import { X } from 'lucide-react';
import { Button, IconButton } from '../../ui/Button';
import { cx } from '../../ui/cx';
import { setNotice, usePainter } from './painterStore';

/** The painter's last word, over the canvas until dismissed: nothing here times out, so nobody has to read fast. */
export function NoticeBar() {
  const notice = usePainter((state) => state.notice);
  return (
    <div role={notice?.kind === 'error' ? 'alert' : 'status'} className="pointer-events-none absolute inset-x-2 top-2">
      {notice && (
        <div
          className={cx(
            'pointer-events-auto mx-auto flex max-w-md items-start gap-2 rounded-xl border py-1.5 pr-1.5 pl-3.5 text-[0.8125rem] leading-snug shadow-float',
            notice.kind === 'error' ? 'border-danger/40 bg-danger-soft' : 'border-line bg-raised',
          )}
        >
          <div className="grow py-1.5">
            {notice.message} {notice.cure && <span className="font-medium">{notice.cure}</span>}
            {notice.action && (
              <div className="mt-2">
                <Button size="small" onClick={notice.action.perform}>
                  {notice.action.label}
                </Button>
              </div>
            )}
          </div>
          <IconButton
            label="Dismiss"
            tooltipAlign="end"
            icon={<X size={16} aria-hidden />}
            onClick={() => setNotice(null)}
          />
        </div>
      )}
    </div>
  );
}
