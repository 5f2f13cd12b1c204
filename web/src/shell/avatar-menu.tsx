import { useId, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { useMessages } from '../language/language.js';
import { useSession, useViewer } from '../session/viewer.js';
import { LanguageSelect, ThemeSelect } from './preference-selects.js';
import { getViews } from './views.js';

const Logout = graphql(`
  mutation Logout { logout { userErrors { code field message } } }
`);

/** The avatar in the top-right corner and its menu. */
export function AvatarMenu() {
  const messages = useMessages();
  const { username, role } = useViewer();
  const { restartSession } = useSession();
  const [location, navigate] = useLocation();
  const logout = useAction(Logout);
  const announce = useAnnounce();
  const menu = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = () => menu.current?.hidePopover();
  const signOut = async () => {
    if (!(await logout.run({}))) return;
    announce('');
    navigate('/', { replace: true });
    restartSession();
  };
  return (
    <>
      <button
        type="button"
        className="avatar"
        popoverTarget={id}
        aria-label={messages.punctuation.labeled(messages.menu.open, username)}
      >
        {username.slice(0, 1).toUpperCase()}
      </button>
      <div ref={menu} id={id} popover="auto" className="menu">
        <p className="menu-head">
          <strong>{username}</strong>
          <span>{messages.roles[role]}</span>
        </p>
        <ul>
          {getViews(role).map(({ path, name }) => (
            <li key={path}>
              <Link href={path} aria-current={location === path ? 'page' : undefined} onClick={close}>
                {messages.menu[name]}
              </Link>
            </li>
          ))}
        </ul>
        <div className="menu-preferences">
          <LanguageSelect />
          <ThemeSelect />
        </div>
        <button type="button" className="sign-out" onClick={() => void signOut()}>
          {messages.menu.signOut}
        </button>
        {logout.failure && (
          <p role="alert" className="error">
            {messages.states.noNetwork}
          </p>
        )}
      </div>
    </>
  );
}
