import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { Link, useLocation } from 'wouter';
import { useLanguage } from '../language/language.js';
import { useViewer } from '../session/viewer.js';
import { AvatarMenu } from './avatar-menu.js';
import { Mark } from './brand.js';
import { remembered } from './preferences.js';
import { viewsFor } from './views.js';

/** The frame of every view of who is signed in: the bar with the avatar, and the view. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { words, choose } = useLanguage();
  const { role, locale } = useViewer();
  // Who chose a language elsewhere finds it in a browser that knows none yet.
  useEffect(() => {
    if (locale && remembered('language') === null) choose(locale);
  }, [locale, choose]);
  const views = viewsFor(role);
  const [location] = useLocation();
  const main = useRef<HTMLElement>(null);
  useBeginning(main, location);
  return (
    <>
      <a className="skip" href="#content">
        {words.actions.skip}
      </a>
      <header className="bar">
        <Link href="/profile" className="brand">
          <Mark />
          <span>Postern</span>
        </Link>
        <nav aria-label={words.menu.navigation}>
          {views.length > 1 &&
            views.map(({ path, name }) => (
              <Link
                key={path}
                href={path}
                className={location === path || location.startsWith(`${path}/`) ? 'active' : ''}
              >
                {words.menu[name]}
              </Link>
            ))}
        </nav>
        <AvatarMenu />
      </header>
      <main ref={main} id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

/**
 * Begins every view that one goes to at its top, with the focus in it. Back and Forward lead to where one was, which
 * the browser knows.
 */
function useBeginning(main: RefObject<HTMLElement | null>, path: string): void {
  useEffect(() => {
    const begin = () => {
      if (window.location.pathname === path) return;
      window.scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    };
    // The router has the window tell of it, before the view changes.
    window.addEventListener('pushState', begin);
    return () => window.removeEventListener('pushState', begin);
  }, [main, path]);
}

interface PageProps {
  readonly title: string;
  readonly description?: string;
  /** The way to where one came from, above the title. */
  readonly back?: ReactNode;
  readonly children: ReactNode;
}

/** A view with its title, which is the document's title as well. */
export function Page({ title, description, back, children }: PageProps) {
  return (
    <div className="page">
      <title>{`${title} – Postern`}</title>
      <header className="page-head">
        {back && <p className="back">{back}</p>}
        <h1>{title}</h1>
        {description && <p>{description}</p>}
      </header>
      {children}
    </div>
  );
}
