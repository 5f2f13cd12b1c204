import { Section } from '../elements/section.js';
import { useFormats } from '../language/language.js';
import type { ViewedUser } from './user-query.js';
import { useAdministrationMessages } from './messages.js';

/** The devices where a user is signed in. */
export function UserSessions({ sessions }: { readonly sessions: NonNullable<ViewedUser['sessions']> }) {
  const { user: messages } = useAdministrationMessages();
  const { ago, device: deviceName } = useFormats();
  return (
    <Section id="sessions" level={2} title={messages.sessions}>
      {sessions.length === 0 && <p className="hint">{messages.noSessions}</p>}
      <ul className="rows">
        {sessions.map(({ id, device, ip, lastSeenAt }) => (
          <li key={id}>
            <span className="row-main">
              <strong>{deviceName(device)}</strong>
              <small>{[ip, messages.lastUsed(ago(lastSeenAt))].filter(Boolean).join(' · ')}</small>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
