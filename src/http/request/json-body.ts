import fastify, { type FastifyInstance } from 'fastify';

/**
 * JSON in UTF-8, by the grammar of RFC 9110 (section 8.3.1): whitespace is a space or a tab. Fastify also accepts other
 * whitespace, and parameters that it can't parse.
 */
const jsonMediaType = /^application\/json(?:[ \t]*;[ \t]*charset=(?:utf-8|"utf-8"))?$/i;

/**
 * Accepts only JSON in UTF-8, so that forms and links on other sites can't execute anything. Anything else gets
 * 415; keys such as `__proto__` are rejected.
 */
export function acceptOnlyJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (!jsonMediaType.test(request.headers['content-type'] ?? ''))
      return done(new fastify.errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE());
    return parse(request, body, done);
  });
}
