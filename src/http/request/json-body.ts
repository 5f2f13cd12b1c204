import type { FastifyInstance } from 'fastify';

/**
 * Lets only JSON in UTF-8 through, so that nothing executes that a form or a link on another site can send.
 * Anything else is answered with 415; keys such as `__proto__` are refused.
 */
export function acceptOnlyJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i, { parseAs: 'string' }, parse);
}
