import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from '../../config/config.js';
import { installation } from '../../config/installation.js';
import { findReturnAddress, RETURN_PARAMETER } from '../../features/service-auth/return-address.js';
import { escapeHtml } from '../../text/escape-html.js';
import { days } from '../../duration.js';
import { sendNotFound, type NotFoundHandler } from '../server.js';
import { renderNoscriptHtml } from './noscript-html.js';

/** Where `npm run build` puts the web app. */
const buildDirectory = join(installation, 'dist/web');

/** The paths of the web app. Each can be opened, reloaded and linked to. */
export const webAppPaths = [
  '/',
  '/sign-in',
  '/sign-up',
  '/setup',
  '/recover',
  '/reset-password',
  '/revert-email-change',
  '/restore-account',
  '/account-deleted',
  '/profile',
  '/keys',
  '/logs',
  '/administration',
  '/administration/*',
] as const;

/**
 * The web app's policy: it loads from and sends to this server only, the QR code is the only data: image, no
 * inline scripts or styles, no scripts made from text, and no framing.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Asset names contain a hash of the contents, so assets can be cached forever. */
const ASSET_LIFETIME_MS = days(365);

/**
 * Serves the web app at each of its paths, and its precompressed assets under `/assets/`. The page is never cached,
 * because it refers to the current assets and shows data of a user.
 */
export function serveWebApp(server: FastifyInstance, config: Pick<Config, 'publicUrl' | 'returnOrigins'>): void {
  const page = readIndexHtml();
  for (const path of webAppPaths) {
    const html = renderPage(page, path, config.publicUrl);
    server.get(path, ({ query }, reply) =>
      sendPage(reply, path === '/sign-in' ? renderReturnAddress(html, findRequestedAddress(query, config)) : html),
    );
  }
  const assetsDirectory = join(buildDirectory, 'assets');
  if (!existsSync(assetsDirectory)) return;
  void server.register(fastifyStatic, {
    root: assetsDirectory,
    prefix: '/assets/',
    preCompressed: true,
    immutable: true,
    maxAge: ASSET_LIFETIME_MS,
    index: false,
    decorateReply: false,
    setHeaders: (reply) => {
      reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
    },
  });
}

/**
 * Answers a request whose path leads nowhere: a browser gets the web app, which says so, and a program gets JSON. A
 * path of the web app with a slash at its end leads to the path without it.
 */
export function handleNotFound(publicUrl: string): NotFoundHandler {
  const html = renderPage(readIndexHtml(), '', publicUrl);
  return (request, reply) => {
    const [, path = '', query = ''] = /^([^?]*[^?/])\/+(\?.*)?$/.exec(request.url) ?? [];
    if (request.method === 'GET' && isWebAppPath(path)) return reply.redirect(`${path}${query}`, 308);
    return request.headers.accept?.includes('text/html')
      ? sendPage(reply.code(404), html)
      : sendNotFound(request, reply);
  };
}

/** Where a sign-in leads to, if that is allowed. The page contains no other address. */
function findRequestedAddress(query: unknown, config: Pick<Config, 'returnOrigins'>): string | null {
  const { [RETURN_PARAMETER]: requested } = query as Record<string, unknown>;
  return typeof requested === 'string' ? findReturnAddress(requested, config) : null;
}

const renderReturnAddress = (html: string, address: string | null): string =>
  address === null ? html : html.replace('content="return-address"', () => `content="${escapeHtml(address)}"`);

const isWebAppPath = (path: string): boolean => webAppPaths.some((known) => known === path);

const sendPage = (reply: FastifyReply, html: string): FastifyReply =>
  reply
    .headers({ 'content-security-policy': CONTENT_SECURITY_POLICY, 'content-type': 'text/html; charset=utf-8' })
    .send(html);

const renderPage = (page: string, path: string, publicUrl: string): string =>
  page
    .replace('content="public-url"', () => `content="${escapeHtml(publicUrl)}"`)
    .replace('<!-- without scripts -->', () => renderNoscriptHtml(path, publicUrl));

function readIndexHtml(): string {
  const file = join(buildDirectory, 'index.html');
  return existsSync(file)
    ? readFileSync(file, 'utf8')
    : '<!doctype html><html lang="en"><title>Postern</title><p>The web app is not built. Run "npm run build". The API is at /graphql.</p><!-- without scripts --></html>';
}
