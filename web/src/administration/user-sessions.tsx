import { Section } from '../elements/section.js';
import { useFormats } from '../language/language.js';
import type { ViewedUser } from './user-query.js';
import { useAdministrationWords } from './words.js';

/** The devices where a user is signed in. */
export function UserSessions({ sessions }: { readonly sessions: NonNullable<ViewedUser['sessions']> }) {
  const { user: words } = useAdministrationWords();
  const { ago, device: deviceName } = useFormats();
  return (
    <Section id="sessions" level={2} title={words.sessions}>
      {sessions.length === 0 && <p className="hint">{words.noSessions}</p>}
      <ul className="rows">
        {sessions.map(({ id, device, ip, lastSeenAt }) => (
          <li key={id}>
            <span className="row-main">
              <strong>{deviceName(device)}</strong>
              <small>{[ip, words.lastUsed(ago(lastSeenAt))].filter(Boolean).join(' · ')}</small>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
