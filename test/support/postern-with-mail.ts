import { MailServer } from './mail-server.js';
import type { openTestDatabase } from './database.js';
import { startPostern, type TestPostern } from './postern.js';

/** Starts a Postern that sends its mail to a new SMTP server. Closing it closes both. */
export async function startPosternWithMail(
  settings: Record<string, string> = {},
  openDatabase?: typeof openTestDatabase,
): Promise<{ readonly postern: TestPostern; readonly mail: MailServer }> {
  const mail = await MailServer.start();
  const postern = await startPostern({ SMTP_URL: mail.url, ...settings }, openDatabase);
  const close = async () => {
    await postern.close();
    await mail.close();
  };
  return { mail, postern: { ...postern, close } };
}
