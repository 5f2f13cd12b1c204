import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { query } from '../support/database.js';
import { runCommand } from '../support/server-process.js';
import { localNetworks } from '../support/webhooks.js';
import { everythingIn, objectsIn, userErrorsOf, type Installation, type OpenInstallation } from './installation.js';

const url = 'https://127.0.0.1:9/postern';
const secretPattern = /whsec_[A-Za-z0-9+/]{43}=/;

/** Tests of the commands that manage webhooks. */
export function describeWebhookCommands(open: OpenInstallation): void {
  let postern: Installation;
  beforeAll(async () => {
    const installation = await open();
    const settings = { ...installation.settings, ...localNetworks };
    postern = { ...installation, settings, run: (...argv) => runCommand(argv, settings) };
  });
  afterAll(() => postern.end());

  /** What a command prints, without the ID that it got. @throws unless it succeeds */
  async function outputOf(id: string | RegExp, ...argv: string[]): Promise<string> {
    const { stdout, ...ended } = await postern.run('webhooks', ...argv);
    expect({ argv, ...ended }).toEqual({ argv, code: 0, signal: null, stderr: '' });
    return stdout.replace(id, 'ID');
  }

  /** The webhooks that `list` prints for programs. */
  const listed = async () => objectsIn(await postern.run('webhooks', 'list', '--json'));

  test('`postern webhooks` creates, tests, turns off and on, and deletes a webhook (R-131)', async () => {
    const options = ['--types', 'login_failed,PASSWORD_CHANGED', '--description', 'Alerts', '--json'];
    const [{ id, secret }] = objectsIn(await postern.run('webhooks', 'create', url, ...options));
    expect([id, secret]).toEqual([expect.stringMatching(/^webhook_/), expect.stringMatching(secretPattern)]);
    expect(await outputOf(id, 'list')).toBe(`ID  ACTIVE    ${url}  LOGIN_FAILED,PASSWORD_CHANGED  Alerts\n`);
    expect(await outputOf(id, 'test', id)).toMatch(/^The server will send the event event_\w+\.\n$/);
    expect(await outputOf(id, 'disable', id)).toBe('ID is DISABLED.\n');
    expect(await outputOf(id, 'enable', id)).toBe('ID is ACTIVE.\n');
    expect(await outputOf(id, 'delete', id)).toBe('Deleted ID.\n');
    expect(await outputOf(id, 'list')).toBe('No webhooks.\n');
    const rows = await postern.inDatabase(async (database) => ({
      events: await query(database, 'select type, account_id, actor_id, detail from security_events order by id'),
      deliveries: await query(database, 'select event_type, status from webhook_deliveries'),
    }));
    expect(rows.events.map(({ type }) => type)).toEqual([
      'WEBHOOK_CREATED',
      'WEBHOOK_TESTED',
      'WEBHOOK_UPDATED',
      'WEBHOOK_UPDATED',
      'WEBHOOK_DELETED',
    ]);
    for (const event of rows.events) expect(event).toMatchObject({ account_id: null, actor_id: null, detail: id });
    expect(rows.deliveries).toEqual([{ event_type: 'WEBHOOK_TESTED', status: 'FAILED' }]);
  });

  test('`postern webhooks` shows a secret once, in text too, and stores it encrypted (R-126)', async () => {
    const created = await outputOf(/^$/, 'create', url);
    const [id = ''] = /webhook_\w+/.exec(created) ?? [];
    const rotated = await outputOf(id, 'rotate-secret', id, '--grace-hours', '24');
    const secrets = [created, rotated].map((text) => secretPattern.exec(text)![0]);
    expect(created.replace(secrets[0]!, '…')).toBe(`Created ${id}. This is its secret. It won't be shown again:\n…\n`);
    expect(rotated.replace(secrets[1]!, '…')).toBe("This is the new secret. It won't be shown again:\n…\n");
    expect(secrets[0]).not.toBe(secrets[1]);
    const later = [await outputOf(id, 'disable', id), JSON.stringify(await listed())];
    const stored = await postern.inDatabase(everythingIn);
    for (const secret of secrets)
      for (const text of [...later, stored]) expect(text).not.toContain(secret.slice('whsec_'.length));
    expect(
      await postern.inDatabase((database) =>
        query(database, 'select valid_until is null as current from webhook_secrets order by id'),
      ),
    ).toEqual([{ current: false }, { current: true }]);
  });

  test('`postern webhooks` says why it refuses, and changes nothing (R-127, R-131)', async () => {
    const [{ id }] = await listed();
    const said = await userErrorsOf(
      postern,
      ['webhooks', 'create', 'https://169.254.169.254/'],
      ['webhooks', 'create', url, '--types', 'LOGIN'],
      ['webhooks', 'test', id],
      ['webhooks', 'rotate-secret', id, '--grace-hours', 'soon'],
      ['webhooks', 'delete', `webhook_${'0'.repeat(22)}`],
    );
    expect(said.map((text) => text.split('\n')[0])).toEqual([
      'Enter an https URL of a server on the public internet, without a username or password.',
      expect.stringContaining("option '--types <types>' argument 'LOGIN' is invalid. Unknown type LOGIN."),
      'This webhook is off. Turn it on to send events to it.',
      'Choose between 0 and 168 hours.',
      'Not found.',
    ]);
  });
}
