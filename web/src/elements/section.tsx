import type { ReactNode } from 'react';

interface SectionProps {
  /** The fragment of the URL that leads to it. */
  readonly id: string;
  readonly title: string;
  /** The level of its heading. */
  readonly level?: 2 | 3;
  readonly explanation?: ReactNode;
  /** Shown beside the title, e.g. a badge. */
  readonly headerExtra?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a view with its own title. */
export function Section({ id, title, level = 3, explanation, headerExtra, children }: SectionProps) {
  const Title = level === 2 ? 'h2' : 'h3';
  return (
    <section id={id} className="card" aria-labelledby={`${id}-title`}>
      <header>
        <Title id={`${id}-title`}>{title}</Title>
        {headerExtra}
      </header>
      {explanation && <p className="explanation">{explanation}</p>}
      {children}
    </section>
  );
}
