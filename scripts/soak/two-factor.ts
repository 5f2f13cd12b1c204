import { setTimeout as sleep } from 'node:timers/promises';
import { generate } from 'otplib';
import type { Person } from './person.ts';
import { asksForFactor, keepNewSession, replaceToken } from './sign-in.ts';
import { tookEffect, untilAnswered, type World } from './world.ts';

/** The TOTP time step (in ms; RFC 6238). */
const STEP_MS = 30_000;

/** An authenticator app, each code of which is used once. */
export class App {
  #lastStep = 0;

  constructor(readonly secret: string) {}

  /** The next unused code: that of the previous, this or the next time step. Waits if all three are used. */
  async nextCode(): Promise<string> {
    const step = Math.max(this.#lastStep + 1, Math.floor(Date.now() / STEP_MS) - 1);
    // A code of the next step is accepted now; one that is later is not, yet.
    while (step > Math.floor(Date.now() / STEP_MS) + 1) await sleep(1_000);
    this.#lastStep = step;
    return generate({ secret: this.secret, epoch: (step * STEP_MS) / 1_000 });
  }
}

/** Turns two-factor authentication on with an app. @returns the app and the backup codes; null if they are unknown */
export async function turnOn(
  world: World,
  person: Person,
): Promise<{ readonly app: App; readonly codes: readonly string[] | null }> {
  const { api } = world;
  for (;;) {
    const started = await untilAnswered(() =>
      api.mutate('enableTwoFactor', 'enrolment { secret }', null, person.token),
    );
    if (started.state === 'REFUSED') throw new Error(`enableTwoFactor was refused: ${started.codes.join()}`);
    const app = new App(started.data['enrolment'].secret as string);
    const code = await app.nextCode();
    const reply = await api.mutate('confirmTwoFactor', 'backupCodes session { token }', { code }, person.token);
    const isOn = await tookEffect(world, reply, 'an enrolment', () => asksForFactor(world, person));
    if (!isOn) continue;
    api.ledger.event('TWO_FACTOR_ENABLED', person.id);
    person.hasFactor = true;
    const data = reply.state === 'DONE' ? reply.data : null;
    const codes = (data?.['backupCodes'] as string[] | undefined) ?? null;
    person.backupCodesLeft = codes?.length ?? null;
    replaceToken(person, (data?.['session'].token as string | undefined) ?? null);
    return { app, codes };
  }
}

/** Turns two-factor authentication off. @returns whether it took effect */
export async function turnOff(world: World, person: Person, factor: object): Promise<boolean> {
  const input = { factor, password: person.password };
  const reply = await world.api.mutate('disableTwoFactor', 'session { token }', input, person.token);
  const isDone = await tookEffect(
    world,
    reply,
    'turning two-factor authentication off',
    async () => !(await asksForFactor(world, person)),
  );
  if (!isDone) return false;
  world.api.ledger.event('TWO_FACTOR_DISABLED', person.id);
  person.hasFactor = false;
  person.backupCodesLeft = null;
  replaceToken(person, reply.state === 'DONE' ? (reply.data['session'].token as string) : null);
  if (person.token === null) await keepNewSession(world, person);
  return true;
}

/** Completes a sign-in. */
export const verifyFactor = ({ api }: World, challenge: string, factor: object) =>
  api.mutate('verifySecondFactor', 'user { id } session { token } backupCodesLeft', { challenge, factor });
