import { useProfileMessages } from './messages.js';

/** The table of contents, beside the sections if there is room. */
export function TableOfContents() {
  const { profile, username, email, preferences, password, twoFactor, apiToken, sessions, events } =
    useProfileMessages();
  const groups = [
    {
      title: profile.basic,
      sections: [
        ['username', username.title],
        ['email', email.title],
        ['preferences', preferences.title],
      ],
    },
    {
      title: profile.security,
      sections: [
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
      {groups.map(({ title, sections }) => (
        <div key={title}>
          <p>{title}</p>
          <ul>
            {sections.map(([id, name]) => (
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
