import type { ReactNode } from 'react';

interface NoticeProps {
  readonly tone: 'good' | 'info' | 'warning' | 'danger';
  readonly children: ReactNode;
}

/** A notice. Screen readers announce warnings and errors immediately, others when they are idle. */
export function Notice({ tone, children }: NoticeProps) {
  return (
    <div className={`notice ${tone}`} role={tone === 'danger' || tone === 'warning' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}
