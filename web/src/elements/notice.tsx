import type { ReactNode } from 'react';

interface NoticeProps {
  readonly tone: 'good' | 'info' | 'warning' | 'danger';
  readonly children: ReactNode;
}

/** Something to know. What went wrong is read out at once, anything else when the reader is ready. */
export function Notice({ tone, children }: NoticeProps) {
  return (
    <div className={`notice ${tone}`} role={tone === 'danger' || tone === 'warning' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}
