import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Button } from '../elements/button.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Section } from '../elements/section.js';
import { useFormats } from '../language/language.js';
import type { ProfileData } from './my-profile.js';
import { useProfileMessages } from './messages.js';

const RevokeSession = graphql(`
  mutation RevokeSession($input: RevokeSessionInput!) { revokeSession(input: $input) { revokedSessionId userErrors { code field message } } }
`);

const RevokeOtherSessions = graphql(`
  mutation RevokeOtherSessions { revokeOtherSessions { revokedCount userErrors { code field message } } }
`);

type ProfileSession = NonNullable<ProfileData['sessions']>[number];

/** The user's sessions, with buttons to revoke them. */
export function Sessions({ sessions }: { readonly sessions: readonly ProfileSession[] }) {
  const { sessions: messages } = useProfileMessages();
  const announce = useAnnounce();
  const revokeOthers = useAction(RevokeOtherSessions, ['Session', 'SecurityFinding']);
  const signOutOthers = async () => {
    const payload = await revokeOthers.run({});
    if (payload) announce(messages.signedOutCount(payload.revokedCount ?? 0));
  };
  return (
    <Section id="sessions" title={messages.title} explanation={messages.explanation}>
      <ul className="rows">
        {[...sessions]
          .sort((a, b) => Number(b.current) - Number(a.current))
          .map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
      </ul>
      {revokeOthers.failure && <FailureNotice failure={revokeOthers.failure} />}
      {sessions.length > 1 ? (
        <div className="buttons section-end">
          <Button isBusy={revokeOthers.isPending} onClick={() => void signOutOthers()}>
            {messages.signOutOthers}
          </Button>
        </div>
      ) : (
        <p className="hint">{messages.noOtherSessions}</p>
      )}
    </Section>
  );
}

function SessionRow({
  session: { id, current, createdAt, lastSeenAt, ip, device, factors },
}: {
  readonly session: ProfileSession;
}) {
  const { sessions: messages } = useProfileMessages();
  const { ago, device: deviceName } = useFormats();
  const announce = useAnnounce();
  const revoke = useAction(RevokeSession, ['Session', 'SecurityFinding']);
  const name = deviceName(device);
  const signOut = async () => {
    if (await revoke.run({ input: { sessionId: id } })) announce(messages.signedOut);
  };
  return (
    <li id={id}>
      <span className="row-main">
        <strong>
          {name} {current && <span className="badge info">{messages.current}</span>}
        </strong>
        <small>
          {[
            ip,
            messages.signedIn(ago(createdAt)),
            ...(current ? [] : [messages.lastUsed(ago(lastSeenAt))]),
            factors.map((factor) => messages.factors[factor]).join(' + '),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
        {revoke.failure && <FailureNotice failure={revoke.failure} />}
      </span>
      {!current && (
        <Button
          className="small"
          aria-label={messages.signOutDevice(name)}
          isBusy={revoke.isPending}
          onClick={() => void signOut()}
        >
          {messages.signOut}
        </Button>
      )}
    </li>
  );
}
