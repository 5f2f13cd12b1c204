import type { Column } from '../elements/table.js';
import { Timestamp } from '../elements/timestamp.js';
import type { CallKeyStatus, QuotaPeriod } from '../generated/graphql.js';
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
      cell: (callKey) => <Status callKey={callKey} />,
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

function Status({ callKey }: { readonly callKey: CallKey }) {
  const { statuses, paused } = useKeysMessages();
  const { status } = callKey;
  if (status === 'ACTIVE' && isPaused(callKey)) return <span className="badge warning">{paused}</span>;
  return <span className={`badge ${tones[status]}`}>{statuses[status]}</span>;
}

/** Whether nothing is left of the renewing quota, so that calls are refused until it renews. */
const isPaused = ({ period, periodQuota, periodUsed }: CallKey): boolean =>
  period !== null && BigInt(periodUsed) >= BigInt(periodQuota ?? 0);

function Quota({ callKey }: { readonly callKey: CallKey }) {
  const { quotaLeft, quotaUsed, period } = callKey;
  const { left, used, leftInTotal, usedInTotal } = useKeysMessages();
  const { lists } = useMessages();
  const { number } = useFormats();
  if (period === null)
    return (
      <span className="row-main">
        <span>{quotaLeft === null ? lists.unlimited : left(number(quotaLeft))}</span>
        <small>{used(number(quotaUsed))}</small>
      </span>
    );
  return (
    <span className="row-main">
      <PeriodQuota callKey={callKey} period={period} />
      {quotaLeft !== null && <span>{leftInTotal(number(quotaLeft))}</span>}
      <small>{usedInTotal(number(quotaUsed))}</small>
    </span>
  );
}

function PeriodQuota({ callKey, period }: { readonly callKey: CallKey; readonly period: QuotaPeriod }) {
  const { periodQuota, periodUsed, periodResetsAt, periodTimeZone } = callKey;
  const { usedInPeriod, renews } = useKeysMessages();
  const { number, until, dateTime } = useFormats();
  return (
    <>
      <span>{usedInPeriod[period](number(periodUsed), number(periodQuota ?? 0))}</span>
      {periodResetsAt && (
        <small title={`${dateTime(periodResetsAt)} (${periodTimeZone})`}>{renews(until(periodResetsAt))}</small>
      )}
    </>
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
