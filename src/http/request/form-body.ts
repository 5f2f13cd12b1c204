import type { FastifyInstance, FastifyRequest } from 'fastify';

/** The parameters of a form. One without a value is left out, as if it was not sent (RFC 6749, section 3.1). */
export type Form = ReadonlyMap<string, string>;

/** Accepts forms in this scope, as the endpoints of OAuth do. Other bodies are read, and are no form. */
export function acceptForms(scope: FastifyInstance): void {
  scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, parsed) =>
    parsed(null, new URLSearchParams(body as string)),
  );
  scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, parsed) => parsed(null, null));
}

/** The form in the body of a request; null if it is none, or has a parameter twice (RFC 6749, section 3.1). */
export function readForm({ body }: FastifyRequest): Form | null {
  if (!(body instanceof URLSearchParams)) return null;
  const parameters = [...body];
  const form = new Map(parameters);
  if (form.size < parameters.length) return null;
  return new Map(parameters.filter(([, value]) => value !== ''));
}
