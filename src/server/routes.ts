import type { Dependencies } from '../http/request/create-context.js';
import { serveDevMail } from '../http/routes/dev-mail.js';
import { serveExports } from '../http/routes/export-endpoints.js';
import { serveForwardAuth } from '../http/routes/forward-auth.js';
import { serveGraphql } from '../http/routes/graphql-endpoint.js';
import { serveOauth } from '../http/routes/oauth-endpoints.js';
import { serveWebApp } from '../http/routes/web-app.js';
import { serveWellKnown } from '../http/routes/well-known.js';

type Server = Parameters<typeof serveGraphql>[0];

/** What users, programs and other services ask for. */
export async function serveRoutes(
  server: Server,
  apollo: Parameters<typeof serveGraphql>[1],
  dependencies: Dependencies,
  limits: Parameters<typeof serveExports>[2],
): Promise<void> {
  const { config, clock } = dependencies;
  serveGraphql(server, apollo, dependencies, limits.requests);
  serveForwardAuth(server, dependencies, limits);
  serveExports(server, dependencies, limits);
  serveWebApp(server, config);
  serveWellKnown(server, config, clock);
  await serveOauth(server, dependencies, limits.requests);
}

/** The explorer is loaded only where it is served. */
export async function serveDeveloperPages(server: Server, mails: Parameters<typeof serveDevMail>[1]): Promise<void> {
  const { serveExplorer } = await import('../http/routes/explorer.js');
  serveExplorer(server);
  serveDevMail(server, mails);
}
