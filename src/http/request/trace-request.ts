import type { FastifyRequest } from 'fastify';
import { isFault, type Span, type Tracer } from '../../telemetry/spans.js';
import { spanIdOf, type RemoteParent } from '../../telemetry/trace-context.js';

/** Monitors ask for these every few seconds. */
const untracedRoutes: ReadonlySet<string | undefined> = new Set(['/livez', '/readyz', '/metrics']);

/** Methods by their name; others are `_OTHER` (HTTP semantic conventions of OpenTelemetry). */
const knownMethods: ReadonlySet<string> = new Set(
  'GET HEAD POST PUT PATCH DELETE OPTIONS TRACE CONNECT QUERY'.split(' '),
);

/**
 * Begins the span of a request, which has the route instead of the path.
 *
 * @returns null if it is not traced
 */
export function beginRequestSpan(
  tracer: Tracer | null,
  { id, method, routeOptions: { url: route } }: FastifyRequest,
  parent: RemoteParent | null,
): Span | null {
  if (tracer === null || untracedRoutes.has(route)) return null;
  const knownMethod = knownMethods.has(method) ? method : '_OTHER';
  const name = knownMethod === '_OTHER' ? 'HTTP' : knownMethod;
  return tracer.begin({
    name: route === undefined ? name : `${name} ${route}`,
    kind: 'SERVER',
    attributes: {
      'http.request.method': knownMethod,
      ...(route === undefined ? {} : { 'http.route': route }),
      'postern.request.id': id,
    },
    parent,
    spanId: spanIdOf(id),
  });
}

/** Ends the span of a request that is done. */
export function endRequestSpan(span: Span, status: number, outcome: string): void {
  span.set({ 'http.response.status_code': status, 'postern.outcome': outcome });
  if (status >= 500 || isFault(outcome)) span.fail(outcome);
  span.end();
}
