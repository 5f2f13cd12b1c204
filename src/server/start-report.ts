import type { AddressInfo } from 'node:net';
import type { Config } from '../config/config.js';
import type { Logger } from '../telemetry/logger.js';
import type { Started } from './start-up.js';

/**
 * The URL to show: `POSTERN_PUBLIC_URL` if that is this process, otherwise the address that it listens on. Browsers
 * treat localhost and 127.0.0.1 as different sites, so users should open the one that links in emails use.
 */
export const serverUrl = ({ address }: Pick<Started, 'address'>, { publicUrl }: Pick<Config, 'publicUrl'>): string =>
  publicUrl === `http://localhost:${new URL(address).port}` ? publicUrl : address;

/** Reports the URLs and state of the server: as a table on a terminal, otherwise as one log line. */
export function reportStart(
  { app, address: listening, database, migrations }: Started,
  config: Config,
  logger: Logger,
): void {
  const address = serverUrl({ address: listening }, config);
  const development = config.environment !== 'production';
  const facts = {
    database:
      database.kind === 'embedded'
        ? `embedded PostgreSQL in ${database.location} (one process only)`
        : `PostgreSQL at ${database.location}`,
    migrations: migrations.length > 0 ? `${migrations.length} applied, up to date` : 'up to date',
    mail: describeMail(config, address),
    webApp: `${address}/`,
    graphql: `${address}/graphql (POST)`,
    ...(development
      ? {
          sandbox: `${address}/graphql (open in a browser; requires internet access)`,
          explorer: `${address}/graphiql (works offline)`,
        }
      : {}),
    health: `${address}/livez and ${address}/readyz`,
    metrics: describeMetrics(config, address, app.metricsServer?.addresses()[0]),
    publicUrl: config.publicUrl,
  };
  if (!process.stdout.isTTY) return logger.info(facts, 'Postern is ready');
  const lines = Object.entries(facts).map(([name, value]) => `  ${name.padEnd(12)}${value}`);
  process.stdout.write(`\n  Postern is ready.\n\n${lines.join('\n')}\n\n  Press Ctrl+C to stop.\n\n`);
}

function describeMail({ mail }: Config, address: string): string {
  if (!mail.isEnabled) return 'off (POSTERN_MAIL=off)';
  if (mail.smtpUrl) return `sent through ${new URL(mail.smtpUrl).host}`;
  return `shown at ${address}/dev/mail (set POSTERN_SMTP_URL to send it)`;
}

function describeMetrics(
  { environment, metrics: { token, host } }: Config,
  address: string,
  bound: AddressInfo | string | undefined,
): string {
  if (typeof bound === 'object') return `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}/metrics`;
  if (token === null && environment === 'production') return 'off (set POSTERN_METRICS_TOKEN or POSTERN_METRICS_PORT)';
  return `${address}/metrics`;
}

/** How to run a command here: an installed package has no script. */
const COMMAND = import.meta.url.includes('/node_modules/') ? 'npx postern' : 'npm run postern --';

/**
 * Shows the one-time setup token on standard output. It is the only secret that the server prints. It isn't logged,
 * because logs may be shipped elsewhere (R-77).
 */
export function showSetupToken(token: string, address: string): void {
  const query =
    'mutation ($input: CompleteSetupInput!) { completeSetup(input: $input) { user { username role } session { token } userErrors { code message } } }';
  const input = {
    setupToken: token,
    username: 'YOUR-NAME',
    password: 'YOUR-PASSWORD',
    confirmPassword: 'YOUR-PASSWORD',
    delivery: 'BEARER',
  };
  const request = `curl -s ${address}/graphql -H 'content-type: application/json' -d '${JSON.stringify({ query, variables: { input } })}'`;
  const link = `${address}/setup#${token}`;
  const commandLine = `${COMMAND} admin create --username YOUR-NAME`;
  if (!process.stdout.isTTY) {
    process.stdout.write(
      `${JSON.stringify({ msg: 'No administrator exists yet. Open the link to create the first ROOT. Its one-time token expires in 24 hours.', setupToken: token, link, request, commandLine })}\n`,
    );
    return;
  }
  process.stdout.write(
    [
      '  No administrator exists yet. Create the first one (ROOT) with this link. It works once and expires in 24 hours:',
      '',
      `    ${link}`,
      '',
      '  Or put your username and password into this request:',
      '',
      `    ${request}`,
      '',
      '  Or run this command while Postern is stopped (with PostgreSQL, also while it runs):',
      '',
      `    ${commandLine}`,
      '',
      '',
    ].join('\n'),
  );
}
