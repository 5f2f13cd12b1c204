import { Link } from 'wouter';
import { useQuery, type TypedDocumentNode } from 'urql';
import { Loaded } from '../elements/loaded.js';
import { Timestamp } from '../elements/timestamp.js';
import { Pager, usePages, type PageArguments } from '../elements/pages.js';
import { Table, type Column } from '../elements/table.js';
import type { AllUsageLogsFilter } from '../generated/graphql.js';
import { useFormats } from '../language/language.js';
import type { Log, Logs } from './usage.js';
import { useLogsMessages } from './messages.js';

/** Calls per page. */
const PAGE_SIZE = 25;

const context = { additionalTypenames: ['UsageLog'] };

interface LogListProps {
  readonly query: TypedDocumentNode<
    Logs & { readonly me?: Logs | null },
    PageArguments & { filter: AllUsageLogsFilter }
  >;
  readonly filter: AllUsageLogsFilter;
  /** Whether the calls are those of all users. */
  readonly showsAll: boolean;
}

/** The AI calls, newest first. */
export function LogList({ query, filter, showsAll }: LogListProps) {
  const messages = useLogsMessages();
  const columns = useColumns();
  const pages = usePages(PAGE_SIZE, JSON.stringify(filter));
  const [result, reexecuteQuery] = useQuery({ query, variables: { filter, ...pages.arguments }, context });
  return (
    <Loaded result={result} onRetry={() => reexecuteQuery({ requestPolicy: 'network-only' })}>
      {(data) => {
        const { usageLogs } = data.me ?? data;
        if (!usageLogs) return null;
        if (usageLogs.edges.length === 0)
          return <p className="empty">{showsAll ? messages.emptyForAll : messages.empty}</p>;
        return (
          <>
            <Table
              label={messages.table}
              columns={columns}
              rows={usageLogs.edges.map(({ node }) => node)}
              isBusy={result.fetching}
            />
            <Pager pages={pages} pageInfo={usageLogs.pageInfo} label={messages.table} />
          </>
        );
      }}
    </Loaded>
  );
}

function useColumns(): Column<Log>[] {
  const messages = useLogsMessages();
  const { number, seconds } = useFormats();
  const { columns } = messages;
  return [
    { name: 'at', title: columns.at, cell: ({ at }) => <Timestamp at={at} as="dateTime" /> },
    {
      name: 'type',
      title: columns.type,
      cell: ({ type }) => (
        <span className={`badge ${type === 'ERROR' ? 'danger' : 'good'}`}>{messages.types[type]}</span>
      ),
    },
    {
      name: 'key',
      title: columns.key,
      cell: ({ callKey, callKeyName, user }) => (
        <span className="row-main">
          <span>
            <bdi>{callKeyName}</bdi> {!callKey && <small className="hint">({messages.keyDeleted})</small>}
          </span>
          {user && (
            <small>
              <Link href={`/administration/users/${user.id}`}>{messages.breakdown.ownedBy(user.username)}</Link>
            </small>
          )}
        </span>
      ),
    },
    { name: 'model', title: columns.model, cell: ({ model }) => <bdi>{model}</bdi> },
    {
      name: 'tokens',
      title: columns.tokens,
      isNumber: true,
      cell: ({ promptTokens, completionTokens }) => (
        <span className="row-main">
          <span>{number(promptTokens + completionTokens)}</span>
          <small>{messages.inputAndOutput(number(promptTokens), number(completionTokens))}</small>
        </span>
      ),
    },
    { name: 'quota', title: columns.quota, isNumber: true, cell: ({ quota }) => number(quota) },
    {
      name: 'latency',
      title: columns.latency,
      isNumber: true,
      cell: ({ latencyMs }) => (latencyMs === null ? '–' : seconds(latencyMs)),
    },
    {
      name: 'request',
      title: columns.requestId,
      cell: ({ requestId, ip }) => (
        <span className="row-main">
          <code>{requestId}</code>
          {ip && <small>{ip}</small>}
        </span>
      ),
    },
  ];
}
