import { checkAfterFault, checkPerson } from '../check-person.ts';
import type { Person } from '../person.ts';
import { openChallenge, signUp } from '../sign-in.ts';
import { turnOn, verifyFactor } from '../two-factor.ts';
import { mustBeRefused, raceTwice, settled, type World } from '../world.ts';

const SIGN_INS = 4;

/** Reads how many backup codes are left after an act without an answer, which may have consumed one. */
async function resolveCodesLeft(world: World, person: Person): Promise<void> {
  const { api } = world;
  const reply = await settled(() => api.query('{ me { twoFactor { backupCodesLeft } } }', {}, person.token));
  if (reply.state === 'REFUSED') return api.found('LOST', `the session of ${person.username} is not valid`);
  const left = reply.data['me'].twoFactor.backupCodesLeft as number;
  const before = person.backupCodesLeft ?? 0;
  if (left !== before && left !== before - 1)
    api.found(left < before ? 'TWICE' : 'WRONG', `${left} backup codes are left of ${before}`);
  api.ledger.resolve(left !== before);
  person.backupCodesLeft = left;
}

/** Signs in with a code twice at the same time, and with the same code again. */
async function signInWithCode(world: World, person: Person, code: string): Promise<void> {
  const [one, other, third] = [
    await openChallenge(world, person),
    await openChallenge(world, person),
    await openChallenge(world, person),
  ];
  if (!one || !other || !third) return world.api.found('LOST', `${person.username} has no second factor`);
  const factor = { backupCode: code };
  const reply = await raceTwice(world, 'a backup code opened two sessions', (copy) =>
    verifyFactor(world, [one, other][copy]!.challenge, factor),
  );
  if (reply.state === 'REFUSED') return world.api.found('WRONG', 'a right backup code was refused');
  if (reply.state === 'UNKNOWN') return resolveCodesLeft(world, person);
  person.token = reply.data['session'].token as string;
  person.backupCodesLeft = (person.backupCodesLeft ?? 0) - 1;
  await mustBeRefused(world, 'TWICE', 'a backup code worked again', () => verifyFactor(world, third.challenge, factor));
}

/** A user who signs in with backup codes until few are left. */
export async function liveBackupCodes(world: World): Promise<Person> {
  const person = await signUp(world);
  const { codes } = await turnOn(world, person);
  for (const code of codes?.slice(0, SIGN_INS) ?? []) {
    await checkAfterFault(world, person);
    await signInWithCode(world, person, code);
  }
  await checkPerson(world, person);
  return person;
}
