import { Section } from '../elements/section.js';
import { useFormats } from '../language/language.js';
import type { PersonSeen } from './person-query.js';
import { useAdministrationWords } from './words.js';

/** Where somebody is signed in. */
export function PersonSessions({ sessions }: { readonly sessions: NonNullable<PersonSeen['sessions']> }) {
  const { person: words } = useAdministrationWords();
  const { ago } = useFormats();
  return (
    <Section id="sessions" level={2} title={words.sessions}>
      {sessions.length === 0 && <p className="hint">{words.noSessions}</p>}
      <ul className="rows">
        {sessions.map(({ id, device, ip, lastSeenAt }) => (
          <li key={id}>
            <span className="row-main">
              <strong>{device ?? words.unknownDevice}</strong>
              <small>{[ip, words.lastSeen(ago(lastSeenAt))].filter(Boolean).join(' · ')}</small>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
