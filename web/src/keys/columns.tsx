import type { Column } from '../elements/table.js';
import { Timestamp } from '../elements/timestamp.js';
import type { CallKeyStatus } from '../generated/graphql.js';
import { useFormats, useWords } from '../language/language.js';
import type { CallKey } from './call-keys.js';
import { useKeysWords } from './words.js';

const tones = { ACTIVE: 'good', DISABLED: '', EXPIRED: 'warning', EXHAUSTED: 'danger' } satisfies Record<
  CallKeyStatus,
  string
>;

/** The columns of a list of call keys, for their owner and for administrators. */
export function useKeyColumns(): Column<CallKey>[] {
  const words = useKeysWords();
  const { lists } = useWords();
  const { columns } = words;
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
      cell: ({ status }) => <span className={`badge ${tones[status]}`}>{words.statuses[status]}</span>,
    },
    { name: 'quota', title: columns.quota, isNumber: true, cell: (key) => <Quota callKey={key} /> },
    {
      name: 'limits',
      title: columns.limits,
      cell: ({ models, allowedIps }) => <Limits models={models} allowedIps={allowedIps} />,
    },
    {
      name: 'lastUsed',
      title: columns.lastUsed,
      cell: ({ lastUsedAt }) => (lastUsedAt ? <Timestamp at={lastUsedAt} /> : words.neverUsed),
    },
    {
      name: 'expires',
      title: columns.expires,
      cell: ({ expiresAt }) => (expiresAt ? <Timestamp at={expiresAt} as="dateTime" /> : lists.never),
    },
  ];
}

function Quota({ callKey: { quotaLeft, quotaUsed } }: { readonly callKey: CallKey }) {
  const { left, used } = useKeysWords();
  const { lists } = useWords();
  const { number } = useFormats();
  return (
    <span className="row-main">
      <span>{quotaLeft === null ? lists.unlimited : left(number(quotaLeft))}</span>
      <small>{used(number(quotaUsed))}</small>
    </span>
  );
}

function Limits({ models, allowedIps }: Pick<CallKey, 'models' | 'allowedIps'>) {
  const words = useKeysWords();
  return (
    <span className="row-main">
      <span title={models.join(', ')}>
        {models.length === 0 ? words.anyModel : models.length === 1 ? models[0] : words.models(models.length)}
      </span>
      <small title={allowedIps.join(', ')}>
        {allowedIps.length === 0
          ? words.anyAddress
          : allowedIps.length === 1
            ? allowedIps[0]
            : words.addresses(allowedIps.length)}
      </small>
    </span>
  );
}
