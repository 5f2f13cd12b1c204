import type { ReactNode } from 'react';

interface SectionProps {
  /** Names it in the address, after the #. */
  readonly id: string;
  readonly title: string;
  /** The level of its title: 2 directly under that of the page. */
  readonly level?: 2 | 3;
  /** What it is for, in a sentence. */
  readonly explanation?: ReactNode;
  /** Beside the title, e.g. whether it is on. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page, with a title of its own. */
export function Section({ id, title, level = 3, explanation, beside, children }: SectionProps) {
  const Title = level === 2 ? 'h2' : 'h3';
  return (
    <section id={id} className="card" aria-labelledby={`${id}-title`}>
      <header>
        <Title id={`${id}-title`}>{title}</Title>
        {beside}
      </header>
      {explanation && <p className="explanation">{explanation}</p>}
      {children}
    </section>
  );
}
