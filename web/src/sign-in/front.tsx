import type { ReactNode } from 'react';
import { useWords } from '../language/language.js';
import { GatePicture, Mark } from '../shell/brand.js';
import { LanguageChoice, ThemeChoice } from '../shell/choices.js';

interface FrontProps {
  readonly title: string;
  readonly explanation?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every view for who has not signed in: a picture, a title and one form. */
export function Front({ title, explanation, children }: FrontProps) {
  const { brand } = useWords();
  return (
    <div className="front">
      <title>{`${title} – Postern`}</title>
      <aside>
        <p className="brand">
          <Mark size={36} />
          <span>Postern</span>
        </p>
        <GatePicture />
        <div className="front-words">
          <p className="tagline">{brand.tagline}</p>
          <p>{brand.description}</p>
        </div>
      </aside>
      <main>
        <div className="front-form">
          <p className="brand small">
            <Mark />
            <span>Postern</span>
          </p>
          <h1>{title}</h1>
          {explanation && <p className="explanation">{explanation}</p>}
          {children}
        </div>
        <footer>
          <LanguageChoice />
          <ThemeChoice />
        </footer>
      </main>
    </div>
  );
}
