import { isUtf8 } from 'node:buffer';
import fastify, { type FastifyInstance } from 'fastify';

/**
 * JSON in UTF-8, by the grammar of RFC 9110 (section 8.3.1): whitespace is a space or a tab. Fastify also accepts other
 * whitespace, and parameters that it can't parse.
 */
const jsonMediaType = /^application\/json(?:[ \t]*;[ \t]*charset=(?:utf-8|"utf-8"))?$/i;

/**
 * Accepts only JSON in UTF-8, so that forms and links on other sites can't execute anything. Anything else gets
 * 415; keys such as `__proto__` are rejected. So are bytes that are no UTF-8: all would become the same character, and
 * different passwords would be equal.
 */
export function acceptOnlyJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (!jsonMediaType.test(request.headers['content-type'] ?? ''))
      return done(new fastify.errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE());
    if (!isUtf8(body)) return done(new fastify.errorCodes.FST_ERR_CTP_INVALID_JSON_BODY());
    return parse(request, body.toString(), done);
  });
}
