import type { FastifyInstance } from 'fastify';

/**
 * Accepts only JSON in UTF-8, so that forms and links on other sites can't execute anything. Anything else gets
 * 415; keys such as `__proto__` are rejected.
 */
export function acceptOnlyJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i, { parseAs: 'string' }, parse);
}
