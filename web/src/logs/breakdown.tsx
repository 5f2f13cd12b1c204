import { useState } from 'react';
import { useQuery, type TypedDocumentNode } from 'urql';
import { Link } from 'wouter';
import { Loaded } from '../elements/loaded.js';
import { SelectFilter } from '../elements/filter-bar.js';
import type { AllUsageLogsFilter, UsageDimension } from '../generated/graphql.js';
import { useFormats } from '../language/language.js';
import type { Share, SharesData } from './usage.js';
import { useLogsMessages } from './messages.js';

const context = { additionalTypenames: ['UsageShare', 'UsageLog'] };

interface BreakdownProps {
  readonly query: TypedDocumentNode<
    SharesData & { readonly me?: SharesData | null },
    { filter: AllUsageLogsFilter; by: UsageDimension }
  >;
  readonly filter: AllUsageLogsFilter;
  readonly showsAll: boolean;
}

/** The largest shares of usage by model, key or, for administrators, user. */
export function Breakdown({ query, filter, showsAll }: BreakdownProps) {
  const { breakdown } = useLogsMessages();
  const [selected, setSelected] = useState<UsageDimension>('MODEL');
  const by = !showsAll && selected === 'USER' ? 'MODEL' : selected;
  const [result, reexecuteQuery] = useQuery({ query, variables: { filter, by }, context });
  const dimensions: UsageDimension[] = showsAll ? ['MODEL', 'CALL_KEY', 'USER'] : ['MODEL', 'CALL_KEY'];
  return (
    <section className="card breakdown" aria-labelledby="breakdown-title">
      <header>
        <h2 id="breakdown-title">{breakdown.title}</h2>
        <SelectFilter
          label={breakdown.by}
          value={by}
          onChange={(value) => setSelected(value as UsageDimension)}
          options={dimensions.map((dimension) => [dimension, breakdown.dimensions[dimension]] as const)}
        />
      </header>
      <Loaded result={result} onRetry={() => reexecuteQuery({ requestPolicy: 'network-only' })}>
        {(data) => <Shares shares={(data.me ?? data).usageBreakdown ?? []} by={by} isBusy={result.fetching} />}
      </Loaded>
    </section>
  );
}

interface SharesProps {
  readonly shares: readonly Share[];
  readonly by: UsageDimension;
  readonly isBusy: boolean;
}

function Shares({ shares, by, isBusy }: SharesProps) {
  const { breakdown } = useLogsMessages();
  const { number, percent } = useFormats();
  if (shares.length === 0) return <p className="hint">{breakdown.empty}</p>;
  const hasQuota = shares.some(({ quota }) => Number(quota) > 0);
  const amountOf = ({ quota, requests }: Share) => Number(hasQuota ? quota : requests);
  const total = shares.reduce((sum, share) => sum + amountOf(share), 0);
  return (
    <>
      <p className="hint">{hasQuota ? breakdown.ofQuota : breakdown.ofRequests}</p>
      <ol className="shares" aria-busy={isBusy}>
        {shares.map((share, index) => {
          const ratio = amountOf(share) / total;
          return (
            // Labels can repeat: two keys can have the same name.
            // eslint-disable-next-line @eslint-react/no-array-index-key
            <li key={`${index} ${share.label}`}>
              <span className="share-name">
                <ShareName share={share} by={by} />
              </span>
              <strong>{percent(ratio)}</strong>
              <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                <rect className="share-whole" width="100" height="1" />
                <rect className={share.label === null ? 'share-rest' : 'share-part'} width={ratio * 100} height="1" />
              </svg>
              <small>
                {breakdown.amounts(
                  number(share.quota),
                  number(share.requests),
                  number(share.errors),
                  number(share.tokens),
                )}
              </small>
            </li>
          );
        })}
      </ol>
    </>
  );
}

function ShareName({ share: { label, callKey, user }, by }: { readonly share: Share; readonly by: UsageDimension }) {
  const { breakdown, keyDeleted } = useLogsMessages();
  if (label === null) return breakdown.rest;
  if (by === 'USER') {
    return user ? (
      <Link href={`/administration/users/${user.id}`}>
        <bdi>{label}</bdi>
      </Link>
    ) : (
      breakdown.erasedUser
    );
  }
  if (by === 'MODEL') return <bdi>{label}</bdi>;
  return (
    <>
      <bdi>{label || breakdown.unnamedKey}</bdi> {!callKey && <small className="hint">({keyDeleted})</small>}{' '}
      {user && <small className="hint">{breakdown.ownedBy(user.username)}</small>}
    </>
  );
}
