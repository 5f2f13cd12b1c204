import type { Column } from '../elements/table.js';
import { Timestamp } from '../elements/timestamp.js';
import type { CallKeyStatus } from '../generated/graphql.js';
import { useFormats, useMessages } from '../language/language.js';
import type { CallKey } from './call-keys.js';
import { useKeysMessages } from './messages.js';

const tones = { ACTIVE: 'good', DISABLED: '', EXPIRED: 'warning', EXHAUSTED: 'danger' } satisfies Record<
  CallKeyStatus,
  string
>;

/** The columns of a list of call keys, for their owner and for administrators. */
export function useKeyColumns(): Column<CallKey>[] {
  const messages = useKeysMessages();
  const { lists } = useMessages();
  const { columns } = messages;
  return [
    {
      name: 'name',
      title: columns.name,
      cell: ({ name, hint }) => (
        <span className="row-main">
          <strong>
            <bdi>{name}</bdi>
          </strong>
          <code className="hint">{hint}</code>
        </span>
      ),
    },
    {
      name: 'status',
      title: columns.status,
      cell: ({ status }) => <span className={`badge ${tones[status]}`}>{messages.statuses[status]}</span>,
    },
    { name: 'quota', title: columns.quota, isNumber: true, cell: (key) => <Quota callKey={key} /> },
    {
      name: 'limits',
      title: columns.limits,
      cell: (callKey) => <Limits {...callKey} />,
    },
    {
      name: 'lastUsed',
      title: columns.lastUsed,
      cell: ({ lastUsedAt }) => (lastUsedAt ? <Timestamp at={lastUsedAt} /> : messages.neverUsed),
    },
    {
      name: 'expires',
      title: columns.expires,
      cell: ({ expiresAt }) => (expiresAt ? <Timestamp at={expiresAt} as="dateTime" /> : lists.never),
    },
  ];
}

function Quota({ callKey }: { readonly callKey: CallKey }) {
  const { quotaLeft, quotaUsed, period, periodQuota, periodUsed, periodResetsAt, periodTimeZone } = callKey;
  const { left, used, usedInPeriod, renews } = useKeysMessages();
  const { lists } = useMessages();
  const { number, ago, dateTime } = useFormats();
  return (
    <span className="row-main">
      <span>{quotaLeft === null ? lists.unlimited : left(number(quotaLeft))}</span>
      <small>{used(number(quotaUsed))}</small>
      {period && <span>{usedInPeriod[period](number(periodUsed), number(periodQuota ?? 0))}</span>}
      {periodResetsAt && (
        <small title={`${dateTime(periodResetsAt)} (${periodTimeZone})`}>{renews(ago(periodResetsAt))}</small>
      )}
    </span>
  );
}

type LimitsProps = Pick<CallKey, 'models' | 'allowedIps' | 'requestsPerMinuteLimit' | 'tokensPerMinuteLimit'>;

function Limits({ models, allowedIps, requestsPerMinuteLimit, tokensPerMinuteLimit }: LimitsProps) {
  const messages = useKeysMessages();
  const { number } = useFormats();
  return (
    <span className="row-main">
      <span title={models.join(', ')}>
        {models.length === 0 ? messages.anyModel : models.length === 1 ? models[0] : messages.models(models.length)}
      </span>
      <small title={allowedIps.join(', ')}>
        {allowedIps.length === 0
          ? messages.anyAddress
          : allowedIps.length === 1
            ? allowedIps[0]
            : messages.addresses(allowedIps.length)}
      </small>
      {requestsPerMinuteLimit !== null && <small>{messages.requestsPerMinute(number(requestsPerMinuteLimit))}</small>}
      {tokensPerMinuteLimit !== null && <small>{messages.tokensPerMinute(number(tokensPerMinuteLimit))}</small>}
    </span>
  );
}
