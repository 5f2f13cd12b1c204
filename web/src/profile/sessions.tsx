import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Button } from '../elements/button.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Section } from '../elements/section.js';
import { useFormats } from '../language/language.js';
import type { ProfileOfPage } from './my-profile.js';
import { useProfileWords } from './words.js';

const RevokeSession = graphql(`
  mutation RevokeSession($input: RevokeSessionInput!) { revokeSession(input: $input) { revokedSessionId userErrors { code field message } } }
`);

const RevokeOtherSessions = graphql(`
  mutation RevokeOtherSessions { revokeOtherSessions { revokedCount userErrors { code field message } } }
`);

type SessionOfPage = NonNullable<ProfileOfPage['sessions']>[number];

/** Where the account is signed in, and ending what one does not know. */
export function Sessions({ sessions }: { readonly sessions: readonly SessionOfPage[] }) {
  const { sessions: words } = useProfileWords();
  const announce = useAnnounce();
  const endOthers = useAction(RevokeOtherSessions, ['Session', 'SecurityFinding']);
  const end = async () => {
    const payload = await endOthers.run({});
    if (payload) announce(words.endedCount(payload.revokedCount ?? 0));
  };
  return (
    <Section id="sessions" title={words.title} explanation={words.explanation}>
      <ul className="rows">
        {[...sessions]
          .sort((one, other) => Number(other.current) - Number(one.current))
          .map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
      </ul>
      {endOthers.failure && <FailureNotice failure={endOthers.failure} />}
      {sessions.length > 1 ? (
        <div className="buttons section-end">
          <Button isBusy={endOthers.isUnderWay} onClick={() => void end()}>
            {words.endOthers}
          </Button>
        </div>
      ) : (
        <p className="hint">{words.onlyThis}</p>
      )}
    </Section>
  );
}

function SessionRow({
  session: { id, current, createdAt, lastSeenAt, ip, device, factors },
}: {
  readonly session: SessionOfPage;
}) {
  const { sessions: words } = useProfileWords();
  const { ago } = useFormats();
  const announce = useAnnounce();
  const revoke = useAction(RevokeSession, ['Session', 'SecurityFinding']);
  const name = device ?? words.unknownDevice;
  const end = async () => {
    if (await revoke.run({ input: { sessionId: id } })) announce(words.ended);
  };
  return (
    <li>
      <span className="row-main">
        <strong>
          {name} {current && <span className="badge info">{words.current}</span>}
        </strong>
        <small>
          {[
            ip,
            words.signedIn(ago(createdAt)),
            ...(current ? [] : [words.lastSeen(ago(lastSeenAt))]),
            factors.map((factor) => words.factors[factor]).join(' + '),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
        {revoke.failure && <FailureNotice failure={revoke.failure} />}
      </span>
      {!current && (
        <Button
          className="small"
          aria-label={words.endNamed(name)}
          isBusy={revoke.isUnderWay}
          onClick={() => void end()}
        >
          {words.end}
        </Button>
      )}
    </li>
  );
}
