import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { TwoFactorUser } from '../support/two-factor.js';
import { goodPassword, newUser, type TestUser } from '../support/users.js';
import { button, field, fillIn } from './page-actions.js';
import type { Stage } from './stage.js';
import { VirtualAuthenticator, type AuthenticatorKind } from './virtual-authenticator.js';

export const codeField = '6-digit code from your authenticator app';
export const canceled = 'No passkey was used. Try again, or use another way.';

export const section = (page: Page) => page.locator('#passkeys');
export const twoFactor = (page: Page) => page.locator('#two-factor');
export const isFocused = (target: Locator) => target.evaluate((element) => element === document.activeElement);

interface Device {
  readonly page: Page;
  readonly authenticator: VirtualAuthenticator;
}

interface DeviceOptions extends BrowserContextOptions {
  readonly kind?: AuthenticatorKind;
  /** Whether the browser suggests passkeys in fields. A virtual authenticator then answers immediately. */
  readonly hasAutofill?: boolean;
}

/** Confirms that the backup codes are saved. @returns the codes */
export async function saveCodes(page: Page): Promise<string[]> {
  await page.getByRole('heading', { name: 'Your backup codes' }).waitFor();
  const codes = await page.getByRole('dialog').locator('li code').allTextContents();
  await page.getByLabel('I’ve saved these codes').check();
  await button(page, 'Done').click();
  return codes;
}

/** Names the new passkey, and waits until the list shows it. */
export async function nameIt(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await field(dialog, 'Name').fill(name);
  await button(dialog, 'Done').click();
  await page.getByText('Passkey added.').waitFor();
  await section(page).getByRole('listitem').getByText(name, { exact: true }).waitFor();
}

/** Adds the first passkey of a user. @returns the backup codes */
async function addFirstPasskey(page: Page, name = 'Laptop'): Promise<string[]> {
  const dialog = page.getByRole('dialog');
  await button(section(page), 'Add a passkey').click();
  await field(dialog, 'Password').fill(goodPassword);
  await button(dialog, 'Continue').click();
  await button(dialog, 'Create passkey').click();
  const codes = await saveCodes(page);
  await nameIt(page, name);
  return codes;
}

/** Adds a passkey beside the authenticator app of a user. */
async function addToApp(page: Page, { app }: TwoFactorUser): Promise<void> {
  const dialog = page.getByRole('dialog');
  await button(section(page), 'Add a passkey').click();
  await fillIn(dialog, { Password: goodPassword, [codeField]: await app.nextCode() });
  await button(dialog, 'Continue').click();
  await button(dialog, 'Create passkey').click();
  await nameIt(page, 'Phone');
}

/** Devices that have an authenticator, in the browser of a stage. */
export function passkeyDevices(stage: Stage) {
  /** Opens a view on a new device. */
  async function openDevice(
    user: TestUser | null,
    path: string,
    { kind = 'platform', hasAutofill = false, ...options }: DeviceOptions = {},
  ): Promise<Device> {
    const context = await stage.browserOf(user, options);
    if (!hasAutofill)
      await context.addInitScript(() => {
        if ('PublicKeyCredential' in globalThis)
          PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
      });
    const page = await context.newPage();
    const authenticator = await VirtualAuthenticator.add(page, kind);
    await page.goto(stage.url + path);
    return { page, authenticator };
  }

  /** A device on which a new user has added a passkey. */
  async function newPasskeyDevice(options: DeviceOptions = {}) {
    const user = await newUser(stage.postern);
    const device = await openDevice(user, '/profile', options);
    const codes = await addFirstPasskey(device.page);
    return { ...device, user, codes };
  }

  return { openDevice, newPasskeyDevice, addFirstPasskey, addToApp };
}
