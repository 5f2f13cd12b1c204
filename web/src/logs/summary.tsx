import { useFormats } from '../language/language.js';
import type { UsageData } from './usage.js';
import { useLogsMessages } from './messages.js';

interface SummaryProps {
  readonly summary: NonNullable<UsageData['usageSummary']>;
}

/** The totals of usage. */
export function Summary({
  summary: { requests, errors, promptTokens, completionTokens, quota, requestsPerMinute, tokensPerMinute },
}: SummaryProps) {
  const { summary: messages, inputAndOutput } = useLogsMessages();
  const { number } = useFormats();
  const tokens = String(BigInt(promptTokens) + BigInt(completionTokens));
  return (
    <dl className="summary" aria-label={messages.title}>
      <Statistic name={messages.requests} value={number(requests)} detail={messages.failed(number(errors))} />
      <Statistic
        name={messages.tokens}
        value={number(tokens)}
        detail={inputAndOutput(number(promptTokens), number(completionTokens))}
      />
      <Statistic name={messages.quota} value={number(quota)} />
      <Statistic
        name={messages.rate}
        value={messages.requestsLastMinute(number(Math.round(requestsPerMinute)))}
        detail={messages.tokensLastMinute(number(Math.round(tokensPerMinute)))}
      />
    </dl>
  );
}

function Statistic({
  name,
  value,
  detail,
}: {
  readonly name: string;
  readonly value: string;
  readonly detail?: string;
}) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        {detail && <small>{detail}</small>}
      </dd>
    </div>
  );
}
