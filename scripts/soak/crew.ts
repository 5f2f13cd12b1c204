import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from './api.ts';
import type { Disturbances } from './disturbances.ts';
import type { Ledger } from './ledger.ts';
import type { SoakUser } from './user.ts';
import type { Site } from './site.ts';
import { liveAdministration } from './work/administration.ts';
import { liveBackupCodes } from './work/backup-codes.ts';
import { liveCallKeys } from './work/call-keys.ts';
import { liveEmail } from './work/email.ts';
import { livePasskey } from './work/passkey.ts';
import { livePassword } from './work/password.ts';
import { liveTotp } from './work/totp.ts';
import { liveUsage } from './work/usage.ts';
import { liveWebhooks } from './work/webhooks.ts';
import type { World } from './world.ts';

/** How long a user thinks between two acts, from and to (in ms). */
const PAUSE_MS = [100, 300] as const;

/** A kind of work: how a user lives with it from sign-up on, and how many workers do it. */
interface Kind {
  readonly name: string;
  readonly workers: number;
  /** Returns the user, whom the end checks again; null without one. */
  live(world: World): Promise<SoakUser | null>;
}

const kinds: readonly Kind[] = [
  { name: 'password', workers: 2, live: livePassword },
  { name: 'authenticator app', workers: 2, live: liveTotp },
  { name: 'backup codes', workers: 1, live: liveBackupCodes },
  { name: 'passkey', workers: 1, live: livePasskey },
  { name: 'email', workers: 2, live: liveEmail },
  { name: 'usage', workers: 2, live: liveUsage },
  { name: 'call keys', workers: 1, live: liveCallKeys },
  { name: 'administration', workers: 1, live: liveAdministration },
  { name: 'webhooks', workers: 1, live: liveWebhooks },
];

/** The kinds of work. After a fault, each must succeed. */
export const kindNames: readonly string[] = kinds.map(({ name }) => name);

/** The credentials that all workers share. */
export interface SharedTokens {
  readonly rootToken: string;
  readonly gatewayToken: string;
}

/** The workers of all kinds. */
export class Crew {
  /** Everyone whose life was lived. */
  readonly users: SoakUser[] = [];
  readonly #ledger: Ledger;
  readonly #work: Promise<unknown>;
  readonly #apis: Api[] = [];
  #isOver = false;
  #pauses = 0;

  constructor(
    readonly site: Site,
    readonly tokens: SharedTokens,
    ledger: Ledger,
    readonly disturbances: Disturbances,
  ) {
    this.#ledger = ledger;
    this.#work = Promise.all(
      kinds.flatMap((kind) => Array.from({ length: kind.workers }, () => this.#repeat(kind, this.world(kind.name)))),
    );
  }

  /** What a worker of a kind knows. */
  world(kind: string): World {
    const api = new Api(this.site.nginx, kind, this.#ledger, this.disturbances);
    this.#apis.push(api);
    const [least, most] = PAUSE_MS;
    // Spread evenly, without a random source.
    const pause = () => sleep(least + (((this.#pauses += 1) * 37) % (most - least)));
    return { api, site: this.site, ...this.tokens, pause };
  }

  /** Lets everyone finish what they do. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#work;
  }

  close(): void {
    for (const api of this.#apis) api.close();
  }

  async #repeat({ name, live }: Kind, world: World): Promise<void> {
    while (!this.#isOver) {
      try {
        const user = await live(world);
        if (user) this.users.push(user);
      } catch (error) {
        this.#ledger.found('WRONG', `${name}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
        await sleep(PAUSE_MS[1]);
      }
    }
  }
}
