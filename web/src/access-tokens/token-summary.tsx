import { useFormats } from '../language/language.js';
import type { AccessToken } from './access-token-documents.js';
import { useTokenMessages } from './messages.js';

/** The name of a token, what it may do and from where, when it was used and when it ends. */
export function TokenSummary({ accessToken }: { readonly accessToken: AccessToken }) {
  const messages = useTokenMessages();
  const { name, hint, status } = accessToken;
  return (
    <span className="row-main">
      <strong>
        <bdi>{name}</bdi> <code className="hint">…{hint}</code>{' '}
        {status === 'EXPIRED' && <span className="badge warning">{messages.expired}</span>}
      </strong>
      <TokenFacts accessToken={accessToken} />
    </span>
  );
}

function TokenFacts({ accessToken }: { readonly accessToken: AccessToken }) {
  const messages = useTokenMessages();
  const { ago, date, dateTime } = useFormats();
  const { status, scopes, allowedIps, lastUsedAt, lastUsedIp, expiresAt, oldTokenValidUntil } = accessToken;
  return (
    <>
      <small>{messages.list(scopes.map((scope) => messages.scopes[scope].name))}</small>
      <small>{allowedIps.length === 0 ? messages.anyAddress : messages.onlyFrom(messages.list(allowedIps))}</small>
      <small>
        {lastUsedAt ? messages.lastUsed(ago(lastUsedAt), lastUsedIp ?? '') : messages.neverUsed} ·{' '}
        <time dateTime={expiresAt} title={dateTime(expiresAt)}>
          {status === 'EXPIRED' ? messages.expiredOn(date(expiresAt)) : messages.expires(date(expiresAt))}
        </time>
      </small>
      {oldTokenValidUntil && (
        <small className="grace">{messages.oldTokenWorksUntil(dateTime(oldTokenValidUntil))}</small>
      )}
    </>
  );
}
