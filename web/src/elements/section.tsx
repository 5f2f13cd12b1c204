import type { ReactNode } from 'react';

interface SectionProps {
  /** Names it in the address, after the #. */
  readonly id: string;
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly explanation?: ReactNode;
  /** Beside the title, e.g. whether it is on. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page, with a title of its own. */
export function Section({ id, title, explanation, beside, children }: SectionProps) {
  return (
    <section id={id} className="card" aria-labelledby={`${id}-title`}>
      <header>
        <h3 id={`${id}-title`}>{title}</h3>
        {beside}
      </header>
      {explanation && <p className="explanation">{explanation}</p>}
      {children}
    </section>
  );
}
