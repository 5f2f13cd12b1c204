import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { days } from '../../duration.js';
import { renderNoscriptHtml } from './noscript-html.js';

/** Where `npm run build` puts the web app. */
const buildDirectory = fileURLToPath(new URL('../../../dist/web/', import.meta.url));

/** The paths of the web app. Each can be opened, reloaded and linked to. */
export const webAppPaths = [
  '/',
  '/sign-in',
  '/sign-up',
  '/setup',
  '/recover',
  '/reset-password',
  '/revert-email-change',
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
export function serveWebApp(server: FastifyInstance, publicUrl: string): void {
  const page = readIndexHtml();
  for (const path of webAppPaths) {
    const html = page.replace('<!-- without scripts -->', renderNoscriptHtml(path, publicUrl));
    server.get(path, (_request, reply) =>
      reply
        .headers({ 'content-security-policy': CONTENT_SECURITY_POLICY, 'content-type': 'text/html; charset=utf-8' })
        .send(html),
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

function readIndexHtml(): string {
  const file = join(buildDirectory, 'index.html');
  return existsSync(file)
    ? readFileSync(file, 'utf8')
    : '<!doctype html><html lang="en"><title>Postern</title><p>The web app is not built. Run "npm run build". The API is at /graphql.</p><!-- without scripts --></html>';
}
