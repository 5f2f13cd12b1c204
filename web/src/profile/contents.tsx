import { useProfileWords } from './words.js';

/** The table of contents, beside the sections if there is room. */
export function Contents() {
  const { profile, username, email, preferences, password, twoFactor, apiToken, sessions, events } = useProfileWords();
  const groups = [
    {
      title: profile.basic,
      parts: [
        ['username', username.title],
        ['email', email.title],
        ['preferences', preferences.title],
      ],
    },
    {
      title: profile.security,
      parts: [
        ['password', password.title],
        ['two-factor', twoFactor.short],
        ['api-token', apiToken.title],
        ['sessions', sessions.title],
        ['events', events.title],
      ],
    },
  ] as const;
  return (
    <nav className="contents" aria-label={profile.sections}>
      {groups.map(({ title, parts }) => (
        <div key={title}>
          <p>{title}</p>
          <ul>
            {parts.map(([id, name]) => (
              <li key={id}>
                <a href={`#${id}`}>{name}</a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
