/** An answer to one of many concurrent requests. */
export interface Timed {
  readonly outcome: 'success' | 'refused' | 'SERVICE_UNAVAILABLE' | 'RATE_LIMITED' | 'fault';
  readonly retryAfter: string | null;
  readonly milliseconds: number;
}

/** Sends an operation from an IP address and classifies its answer. */
export async function sendTimed(
  url: string,
  query: string,
  { variables, token, ip }: { readonly variables?: object; readonly token?: string; readonly ip: string },
): Promise<Timed> {
  const start = performance.now();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': ip,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify({ query, variables }),
  }).catch(() => null);
  const text = (await response?.text().catch(() => '')) ?? '';
  return {
    outcome: classify(text),
    retryAfter: response?.headers.get('retry-after') ?? null,
    milliseconds: performance.now() - start,
  };
}

function classify(text: string): Timed['outcome'] {
  if (text.includes('"SERVICE_UNAVAILABLE"')) return 'SERVICE_UNAVAILABLE';
  if (text.includes('"RATE_LIMITED"')) return 'RATE_LIMITED';
  if (!text.startsWith('{"data"')) return 'fault';
  return /"userErrors":\[\{/.test(text) ? 'refused' : 'success';
}

/** Counts answers by outcome. */
export function countOutcomes(answers: readonly Timed[]): string {
  const counts = Object.groupBy(answers, ({ outcome }) => outcome);
  return Object.entries(counts)
    .map(([outcome, { length }]) => `${length} ${outcome}`)
    .join(', ');
}

/** The 95th percentile of the times of answers, in ms. */
export function p95(answers: readonly Timed[]): number {
  const times = answers.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
  return Math.round(times[Math.floor(times.length * 0.95)] ?? NaN);
}
