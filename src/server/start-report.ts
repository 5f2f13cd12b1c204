import type { Config } from '../config/config.js';
import type { Logger } from '../telemetry/logger.js';
import type { Started } from './start-up.js';

/**
 * Where who reads the output is sent: `PUBLIC_URL` where that is this process, and else the address that it listens on.
 * Browsers take localhost and 127.0.0.1 for two places, and links in mails lead to the first: a session that began at
 * the other would be none there.
 */
export const serverUrl = ({ address }: Pick<Started, 'address'>, { publicUrl }: Pick<Config, 'publicUrl'>): string =>
  publicUrl === `http://localhost:${new URL(address).port}` ? publicUrl : address;

/** Tells where what runs: as a table to a person at a terminal, as one log line to everything else. */
export function reportStart(
  { address: listening, database, migrations }: Started,
  config: Config,
  logger: Logger,
): void {
  const address = serverUrl({ address: listening }, config);
  const development = config.environment !== 'production';
  const facts = {
    database:
      database.kind === 'embedded'
        ? `embedded PostgreSQL, kept in ${database.location} (for one process)`
        : `PostgreSQL at ${database.location}`,
    migrations: migrations.length > 0 ? `${migrations.length} applied, up to date` : 'up to date',
    mail: describeMail(config, address),
    page: `${address}/`,
    graphql: `${address}/graphql (POST)`,
    ...(development
      ? {
          sandbox: `${address}/graphql (open it in a browser; needs the internet)`,
          explorer: `${address}/graphiql (needs no network)`,
        }
      : {}),
    health: `${address}/livez and ${address}/readyz`,
    publicUrl: config.publicUrl,
  };
  if (!process.stdout.isTTY) return logger.info(facts, 'Postern is ready');
  const lines = Object.entries(facts).map(([name, value]) => `  ${name.padEnd(12)}${value}`);
  process.stdout.write(`\n  Postern is ready.\n\n${lines.join('\n')}\n\n  Ctrl+C stops it.\n\n`);
}

function describeMail({ mail }: Config, address: string): string {
  if (!mail.on) return 'off (MAIL=off)';
  if (mail.smtpUrl) return `sent through ${new URL(mail.smtpUrl).host}`;
  return `kept and shown at ${address}/dev/mail (set SMTP_URL to send it)`;
}

/**
 * Shows the one-time setup token to who reads the output of the process: the only secret that is ever printed, and
 * never through the logger, which may be shipped elsewhere.
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
  const commandLine = 'npm run postern -- admin create --username YOUR-NAME';
  if (!process.stdout.isTTY) {
    process.stdout.write(
      `${JSON.stringify({ msg: 'There is no administrator yet. The link leads to the page that makes the first ROOT, with this one-time token, valid for 24 hours.', setupToken: token, link, request, commandLine })}\n`,
    );
    return;
  }
  process.stdout.write(
    [
      '  There is no administrator yet. Make the first one (ROOT) with this link, which works once and for 24 hours:',
      '',
      `    ${link}`,
      '',
      '  Or put your name and password into this request; the token is what stands behind the #:',
      '',
      `    ${request}`,
      '',
      '  Or, while Postern is stopped (with PostgreSQL also while it runs):',
      '',
      `    ${commandLine}`,
      '',
      '',
    ].join('\n'),
  );
}
