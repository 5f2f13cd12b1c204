import { useFormats } from '../language/language.js';
import type { Figures } from './usage.js';
import { useLogsWords } from './words.js';

interface SummaryProps {
  readonly summary: NonNullable<Figures['usageSummary']>;
}

/** The totals of usage. */
export function Summary({
  summary: { requests, errors, promptTokens, completionTokens, quota, requestsPerMinute, tokensPerMinute },
}: SummaryProps) {
  const { summary: words, inAndOut } = useLogsWords();
  const { number } = useFormats();
  const tokens = String(BigInt(promptTokens) + BigInt(completionTokens));
  return (
    <dl className="summary" aria-label={words.title}>
      <Figure name={words.requests} value={number(requests)} detail={words.failed(number(errors))} />
      <Figure
        name={words.tokens}
        value={number(tokens)}
        detail={inAndOut(number(promptTokens), number(completionTokens))}
      />
      <Figure name={words.quota} value={number(quota)} />
      <Figure
        name={words.rate}
        value={words.requestsLastMinute(number(Math.round(requestsPerMinute)))}
        detail={words.tokensLastMinute(number(Math.round(tokensPerMinute)))}
      />
    </dl>
  );
}

function Figure({ name, value, detail }: { readonly name: string; readonly value: string; readonly detail?: string }) {
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
