/**
 * A small web console that knows its users from the proxy before it. It has no passwords, cookies or sessions: the
 * proxy asks Postern about each request, and passes on who the user is. See README.md.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const { PORT = '8081', SIGN_OUT_URL = 'http://localhost:4000/profile' } = process.env;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? character);

const server = createServer(({ headers, url = '/' }, response) => {
  const { 'x-postern-user': id, 'x-postern-username': username, 'x-postern-role': role } = headers;
  response.setHeader('content-type', 'text/html; charset=utf-8').setHeader('cache-control', 'no-store');
  if (typeof id !== 'string' || id === '') {
    // No proxy asked Postern.
    response.writeHead(500).end('<p>This console must be behind a proxy that asks Postern.</p>');
    return;
  }
  // A program can read what arrived here. A real console keeps data by the ID: names can change.
  if (url === '/headers') {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(headers));
    return;
  }
  response.end(`<!doctype html><html lang="en"><title>Console</title>
<h1>Console</h1>
<p>Signed in as <strong>${escapeHtml(decodeURIComponent(String(username)))}</strong> (${escapeHtml(String(role))}).</p>
<p>Page: <code>${escapeHtml(url)}</code></p>
<p><a href="${escapeHtml(SIGN_OUT_URL)}">Account</a></p></html>`);
});

// Only the proxy on this machine reaches it: whoever does can claim to be anyone.
server.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`console: http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
