import { useQuery } from 'urql';
import { Link } from 'wouter';
import { Loaded } from '../elements/loaded.js';
import { Notice } from '../elements/notice.js';
import { Section } from '../elements/section.js';
import { Table } from '../elements/table.js';
import { useKeyColumns } from '../keys/columns.js';
import { useFormats, useWords } from '../language/language.js';
import { Summary } from '../logs/summary.js';
import { Page } from '../shell/shell.js';
import { UserActions } from './user-actions.js';
import { Facts } from './facts.js';
import { UserEvents } from './user-events.js';
import { UserDetails, type ViewedUser } from './user-query.js';
import { UserSessions } from './user-sessions.js';
import { StatusBadge } from './status-badge.js';
import { useAdministrationWords } from './words.js';

const context = { additionalTypenames: ['User', 'Session', 'TwoFactor', 'ApiToken', 'CallKey'] };

/** An account and the actions on it. */
export function User({ id }: { readonly id: string }) {
  const { user: words, title } = useAdministrationWords();
  const [result, read] = useQuery({ query: UserDetails, variables: { id }, context });
  const user = result.data?.user;
  return (
    <Page title={user?.username ?? title} back={<Link href="/administration">← {words.back}</Link>}>
      <Loaded result={result} onRetry={() => read({ requestPolicy: 'network-only' })}>
        {(data) => {
          if (data.user) return <Sections user={data.user} />;
          return result.error ? null : <Notice tone="warning">{words.unknown}</Notice>;
        }}
      </Loaded>
    </Page>
  );
}

function Sections({ user }: { readonly user: ViewedUser }) {
  const { user: words } = useAdministrationWords();
  const { roles } = useWords();
  return (
    <div className="sections">
      <Section
        id="account"
        level={2}
        title={words.account}
        beside={
          <>
            <StatusBadge status={user.status} />
            <span className="badge info">{roles[user.role]}</span>
          </>
        }
      >
        <Facts user={user} />
        <UserActions user={user} />
      </Section>
      {user.role !== 'SERVICE' && <UserSessions sessions={user.sessions ?? []} />}
      <Usage user={user} />
      <UserEvents id={user.id} />
    </div>
  );
}

function Usage({ user: { id, callKeys, usageSummary } }: { readonly user: ViewedUser }) {
  const { user: words } = useAdministrationWords();
  const { lists } = useWords();
  const { number } = useFormats();
  const columns = useKeyColumns();
  return (
    <>
      <Section id="keys" level={2} title={words.keys}>
        {callKeys && callKeys.edges.length > 0 ? (
          <>
            <Table label={words.keysTable} columns={columns} rows={callKeys.edges.map(({ node }) => node)} />
            <footer className="list-foot">
              <p className="hint">{lists.total(number(callKeys.totalCount))}</p>
            </footer>
          </>
        ) : (
          <p className="hint">{words.noKeys}</p>
        )}
      </Section>
      {usageSummary && (
        <Section
          id="usage"
          level={2}
          title={words.usage}
          beside={<Link href={`/logs?scope=all&user=${encodeURIComponent(id)}`}>{words.logs}</Link>}
        >
          <Summary summary={usageSummary} />
        </Section>
      )}
    </>
  );
}
