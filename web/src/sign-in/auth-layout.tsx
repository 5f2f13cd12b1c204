import type { ReactNode } from 'react';
import { useMessages } from '../language/language.js';
import { GatePicture, Logo } from '../shell/brand.js';
import { LanguageSelect, ThemeSelect } from '../shell/preference-selects.js';

interface AuthLayoutProps {
  readonly title: string;
  readonly explanation?: ReactNode;
  readonly children: ReactNode;
}

/** The layout of every signed-out view: a picture, a title and a form. */
export function AuthLayout({ title, explanation, children }: AuthLayoutProps) {
  const { brand } = useMessages();
  return (
    <div className="auth">
      <title>{`${title} – Postern`}</title>
      <aside>
        <p className="brand">
          <Logo size={36} />
          <span>Postern</span>
        </p>
        <GatePicture />
        <div className="auth-words">
          <p className="tagline">{brand.tagline}</p>
          <p>{brand.description}</p>
        </div>
      </aside>
      <main>
        <div className="auth-form">
          <p className="brand small">
            <Logo />
            <span>Postern</span>
          </p>
          <h1>{title}</h1>
          {explanation && <p className="explanation">{explanation}</p>}
          {children}
        </div>
        <footer>
          <LanguageSelect />
          <ThemeSelect />
        </footer>
      </main>
    </div>
  );
}
