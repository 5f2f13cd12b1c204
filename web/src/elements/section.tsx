import { useEffect, useRef, type ReactNode } from 'react';

interface SectionProps {
  /** Its ID, for links to it. */
  readonly id: string;
  readonly title: string;
  /** The level of its heading element. */
  readonly level?: 2 | 3;
  readonly explanation?: ReactNode;
  /** Shown beside the title, e.g. a badge. */
  readonly headerExtra?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a view with its own title. A link to it works although it appears after the page has loaded. */
export function Section({ id, title, level = 3, explanation, headerExtra, children }: SectionProps) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (window.location.hash !== `#${id}`) return;
    section.current?.scrollIntoView();
    // The Tab key goes on from here, as after a link that the browser follows itself.
    section.current?.querySelector<HTMLElement>('h2, h3')?.focus({ preventScroll: true });
  }, [id]);
  const Title = level === 2 ? 'h2' : 'h3';
  return (
    <section ref={section} id={id} className="card" aria-labelledby={`${id}-title`}>
      <header>
        <Title id={`${id}-title`} tabIndex={-1}>
          {title}
        </Title>
        {headerExtra}
      </header>
      {explanation && <p className="explanation">{explanation}</p>}
      {children}
    </section>
  );
}
