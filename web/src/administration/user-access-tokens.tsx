import { TokenSummary } from '../access-tokens/token-summary.js';
import { Section } from '../elements/section.js';
import type { ViewedUser } from './user-query.js';
import { useAdministrationMessages } from './messages.js';

/** The access tokens of a user, newest first. An administrator can't change them; signing the user out can end them. */
export function UserAccessTokens({ accessTokens }: Pick<ViewedUser, 'accessTokens'>) {
  const { user: messages } = useAdministrationMessages();
  return (
    <Section id="access-tokens" level={2} title={messages.accessTokens}>
      {accessTokens && accessTokens.length > 0 ? (
        <ul className="rows tokens">
          {accessTokens.map((accessToken) => (
            <li key={accessToken.id}>
              <TokenSummary accessToken={accessToken} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="hint">{messages.noAccessTokens}</p>
      )}
    </Section>
  );
}
