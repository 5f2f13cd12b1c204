import { setTimeout } from 'node:timers/promises';
import { login } from '../loads.ts';
import { mutate, type Person } from '../people.ts';
import { enrol, openChallenge, passChallenge, STEP_MS, type Enrolled } from '../two-factor.ts';
import { newPeople } from './accounts.ts';
import { eachInParallel, jobOf, type Job } from './job.ts';

/** A change hashes two passwords. It also replaces the user's token and password. */
const changePassword: Job = {
  name: 'change-password',
  requests: 16,
  setUp: async (site) => {
    const people: { -readonly [Field in keyof Person]: Person[Field] }[] = await newPeople(site, 4);
    return {
      run: (count) =>
        eachInParallel(people, count, async (person) => {
          const newPassword = person.password === 'Quiet-Harbour-71' ? 'Quiet-Harbour-72' : 'Quiet-Harbour-71';
          const { session } = await mutate(
            site.url,
            'changePassword',
            'session { token }',
            { currentPassword: person.password, newPassword, confirmPassword: newPassword },
            person.token,
          );
          Object.assign(person, { password: newPassword, token: session.token as string });
        }),
    };
  },
};

/** Enough users for three rounds: a code works once, and a user who used one waits for the next time step. */
const ENROLLED = 48;

const stepNow = () => Math.floor(Date.now() / STEP_MS);

/** The second step of a sign-in, with an authenticator code. */
const verifySecondFactor: Job = {
  name: 'verify-second-factor',
  requests: 16,
  setUp: async (site) => {
    const queue: { readonly person: Enrolled; usedStep: number; challenge: string }[] = [];
    for (const person of await newPeople(site, ENROLLED))
      queue.push({ person: await enrol(site.url, person), usedStep: stepNow(), challenge: '' });
    let next = queue;
    return {
      before: async (count) => {
        next = queue.splice(0, count);
        while (next.some(({ usedStep }) => usedStep >= stepNow())) await setTimeout(STEP_MS - (Date.now() % STEP_MS));
        for (const one of next) one.challenge = await openChallenge(site.url, one.person);
        queue.push(...next);
      },
      run: async () => {
        await Promise.all(next.map(({ person, challenge }) => passChallenge(site.url, person, challenge)));
        for (const one of next) one.usedStep = stepNow();
      },
    };
  },
};

/** The jobs that sign in or change a password. */
export const signInJobs: readonly Job[] = [
  jobOf(
    'login',
    32,
    () => login,
    (site) => newPeople(site, login.connections),
  ),
  verifySecondFactor,
  changePassword,
];
