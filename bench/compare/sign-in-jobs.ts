import { setTimeout } from 'node:timers/promises';
import { login } from '../loads.ts';
import { mutate, type BenchUser } from '../people.ts';
import { enrol, openChallenge, passChallenge, STEP_MS, type Enrolled } from '../two-factor.ts';
import { newUsers } from './accounts.ts';
import { eachInParallel, jobOf, type Job } from './job.ts';

/** A change hashes two passwords. It also replaces the user's token and password. */
const changePassword: Job = {
  name: 'change-password',
  requests: 16,
  setUp: async (site) => {
    const users: { -readonly [Field in keyof BenchUser]: BenchUser[Field] }[] = await newUsers(site, 4);
    return {
      run: (count) =>
        eachInParallel(users, count, async (user) => {
          const newPassword = user.password === 'Quiet-Harbour-71' ? 'Quiet-Harbour-72' : 'Quiet-Harbour-71';
          const { session } = await mutate(
            site.url,
            'changePassword',
            'session { token }',
            { currentPassword: user.password, newPassword, confirmPassword: newPassword },
            user.token,
          );
          Object.assign(user, { password: newPassword, token: session.token as string });
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
    const queue: { readonly user: Enrolled; usedStep: number; challenge: string }[] = [];
    for (const user of await newUsers(site, ENROLLED))
      queue.push({ user: await enrol(site.url, user), usedStep: stepNow(), challenge: '' });
    let next = queue;
    return {
      before: async (count) => {
        next = queue.splice(0, count);
        while (next.some(({ usedStep }) => usedStep >= stepNow())) await setTimeout(STEP_MS - (Date.now() % STEP_MS));
        for (const one of next) one.challenge = await openChallenge(site.url, one.user);
        queue.push(...next);
      },
      run: async () => {
        await Promise.all(next.map(({ user, challenge }) => passChallenge(site.url, user, challenge)));
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
    (site) => newUsers(site, login.connections),
  ),
  verifySecondFactor,
  changePassword,
];
