import { useTokenMessages } from '../access-tokens/messages.js';
import { useExportMessages } from '../export/messages.js';
import { useProfileMessages } from './messages.js';

/** The table of contents, beside the sections if there is room. */
export function TableOfContents({ hasTrustedBrowsers }: { readonly hasTrustedBrowsers: boolean }) {
  const messages = useProfileMessages();
  const accessTokens = useTokenMessages();
  const exports = useExportMessages();
  const { profile, username, email, preferences, password, twoFactor, passkeys, apiToken, sessions, events } = messages;
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
        ['passkeys', passkeys.title],
        ['api-token', apiToken.title],
        ['access-tokens', accessTokens.title],
        ['sessions', sessions.title],
        ...(hasTrustedBrowsers ? [['trusted-browsers', messages.trustedBrowsers.title] as const] : []),
        ['events', events.title],
      ],
    },
    {
      title: profile.account,
      sections: [
        ['export', exports.account.title],
        ['revoke-everything', messages.revokeEverything.title],
        ['delete-account', messages.deleteAccount.title],
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
