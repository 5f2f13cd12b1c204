import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join, sep } from 'node:path';
import { getDistDirectory, renderAltair, renderInitSnippet, type RenderOptions } from 'altair-static';
import type { FastifyInstance } from 'fastify';

/** No requests to other hosts, and no inline scripts. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src 'self' blob:; " +
  "connect-src 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'";

/** The content types of the explorer's files. Other files are not served. */
const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Serves an explorer (Altair) at `GET /graphiql` that works offline. For development only. */
export function serveExplorer(server: FastifyInstance): void {
  const { version } = createRequire(import.meta.url)('altair-static/package.json') as { version: string };
  const base = `/graphiql/${version}/`;
  const options: RenderOptions = {
    baseURL: base,
    endpointURL: '/graphql',
    // The misspelling is that of the library.
    serveInitialOptionsInSeperateRequest: '/graphiql/options.js',
    disableAccount: true,
    // Bearer tokens that are typed in stay in the tab.
    preserveState: false,
    persistedSettings: {
      'banners.disable': true,
      'alert.disableUpdateNotification': true,
      'schema.reloadOnStart': true,
    },
  };
  const directory = getDistDirectory() + sep;

  const page = (url: string, type: string, body: () => string) =>
    server.get(url, (_request, reply) =>
      reply.headers({ 'content-security-policy': CONTENT_SECURITY_POLICY, 'content-type': type }).send(body()),
    );
  page('/graphiql', 'text/html; charset=utf-8', () => renderAltair(options));
  page('/graphiql/options.js', 'text/javascript; charset=utf-8', () => renderInitSnippet(options));

  server.get<{ Params: { '*': string } }>(`${base}*`, async (request, reply) => {
    const path = join(directory, request.params['*']);
    const type = contentTypes[extname(path)];
    const body = type && path.startsWith(directory) ? await readFile(path).catch(() => undefined) : undefined;
    if (type === undefined || body === undefined) return reply.callNotFound();
    return reply
      .headers({
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'cache-control': 'private, max-age=31536000, immutable',
        'content-type': type,
      })
      .send(body);
  });
}
