import type { CDPSession, Page } from 'playwright-core';

/** `platform`: in the device, with user verification; `securityKey`: on USB, without it. */
export type AuthenticatorKind = 'platform' | 'securityKey';

/** An authenticator that Chromium simulates for one page (DevTools protocol, domain WebAuthn). */
export class VirtualAuthenticator {
  private constructor(
    private readonly session: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  /** Gives a page an authenticator, whose user agrees to everything. */
  static async add(page: Page, kind: AuthenticatorKind = 'platform'): Promise<VirtualAuthenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const isPlatform = kind === 'platform';
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: isPlatform ? 'internal' : 'usb',
        hasResidentKey: isPlatform,
        hasUserVerification: isPlatform,
        isUserVerified: isPlatform,
        automaticPresenceSimulation: true,
      },
    });
    return new VirtualAuthenticator(session, authenticatorId);
  }

  /** Whether the authenticator recognizes its user. Otherwise the browser says that the user canceled it. */
  async recognize(isUserVerified: boolean): Promise<void> {
    await this.session.send('WebAuthn.setUserVerified', { authenticatorId: this.authenticatorId, isUserVerified });
  }

  /** Whether its user ignores the browser's requests. */
  async ignoreRequests(isIgnored: boolean): Promise<void> {
    const { authenticatorId } = this;
    await this.session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: !isIgnored });
  }

  /** Waits until the browser deletes or updates one of its passkeys. */
  next(change: 'credentialDeleted' | 'credentialUpdated'): Promise<void> {
    return new Promise((resolve) => {
      this.session.once(`WebAuthn.${change}`, () => resolve());
    });
  }

  /** The names of the accounts of its passkeys. */
  async usernames(): Promise<(string | undefined)[]> {
    return (await this.credentials()).map(({ userName }) => userName);
  }

  /** The number of its passkeys. */
  async count(): Promise<number> {
    return (await this.credentials()).length;
  }

  /** Copies its passkeys to another one. */
  async copyTo({ session, authenticatorId }: VirtualAuthenticator): Promise<void> {
    for (const credential of await this.credentials())
      await session.send('WebAuthn.addCredential', { authenticatorId, credential });
  }

  /** Forgets its passkeys. */
  async clear(): Promise<void> {
    await this.session.send('WebAuthn.clearCredentials', { authenticatorId: this.authenticatorId });
  }

  /** Its passkeys. */
  async credentials() {
    const { credentials } = await this.session.send('WebAuthn.getCredentials', {
      authenticatorId: this.authenticatorId,
    });
    return credentials;
  }
}
