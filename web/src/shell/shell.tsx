import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { Link, useLocation } from 'wouter';
import { useLanguage } from '../language/language.js';
import { useViewer } from '../session/viewer.js';
import { AvatarMenu } from './avatar-menu.js';
import { Logo } from './brand.js';
import { loadPreference } from './preferences.js';
import { getViews } from './views.js';

/** The layout of every view of a signed-in user: the bar with the avatar, and the view. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { messages, setLocale } = useLanguage();
  const { role, locale } = useViewer();
  // Use the language of the user's account in a new browser.
  useEffect(() => {
    if (locale && loadPreference('language') === null) setLocale(locale);
  }, [locale, setLocale]);
  const views = getViews(role);
  const [location] = useLocation();
  const main = useRef<HTMLElement>(null);
  useResetOnNavigation(main, location);
  return (
    <>
      <a className="skip" href="#content">
        {messages.actions.skip}
      </a>
      <header className="bar">
        <Link href="/profile" className="brand">
          <Logo />
          <span>Postern</span>
        </Link>
        <nav aria-label={messages.menu.navigation}>
          {views.length > 1 &&
            views.map(({ path, name }) => (
              <Link key={path} href={path} aria-current={getCurrent(path, location)}>
                {messages.menu[name]}
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

/** Whether a link leads to the current view, or to a part of it, for `aria-current`. */
const getCurrent = (path: string, location: string): 'page' | 'true' | undefined =>
  location === path ? 'page' : location.startsWith(`${path}/`) ? 'true' : undefined;

/**
 * Scrolls to the top and moves the focus to the new view after a navigation. For Back and Forward, the browser restores
 * the position.
 */
function useResetOnNavigation(main: RefObject<HTMLElement | null>, path: string): void {
  useEffect(() => {
    const reset = () => {
      if (window.location.pathname === path) return;
      window.scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    };
    // Wouter dispatches this event before it changes the view.
    window.addEventListener('pushState', reset);
    return () => window.removeEventListener('pushState', reset);
  }, [main, path]);
}

interface PageProps {
  readonly title: string;
  readonly description?: string;
  /** A link to the parent view, above the title. */
  readonly back?: ReactNode;
  /** Beside the title, e.g. a button. */
  readonly headerExtra?: ReactNode;
  readonly children: ReactNode;
}

/** A view with its title, which is also the title of the document. */
export function Page({ title, description, back, headerExtra, children }: PageProps) {
  return (
    <div className="page">
      <title>{`${title} – Postern`}</title>
      <header className="page-head">
        {back && <p className="back">{back}</p>}
        <h1>{title}</h1>
        {headerExtra}
        {description && <p>{description}</p>}
      </header>
      {children}
    </div>
  );
}
