import { fire } from '../load.ts';
import { usageReport, type KeyOwner } from '../management-loads.ts';
import { withKeys } from '../management.ts';
import { mutate, signIn, type BenchUser } from '../people.ts';
import type { Site } from './site.ts';

const password = 'Quiet-Harbour-71';

/** How many reports of 100 calls are recorded for each owner of call keys. */
const REPORTS = 5;

/** How many other users an administrator sees in the list. */
const OTHERS = 150;

/** Creates users with a session. ROOT invites them, because sign-up is limited by address. */
export async function newUsers(site: Site, count: number): Promise<BenchUser[]> {
  const users: BenchUser[] = [];
  for (let number = 0; number < count; number += 1) users.push(await newUser(site));
  return users;
}

async function newUser(site: Site): Promise<BenchUser> {
  const { username, link } = await invite(site);
  await mutate(site.url, 'resetPassword', '', {
    token: link.slice(link.indexOf('#') + 1),
    newPassword: password,
    confirmPassword: password,
  });
  return signIn(site.url, { username, password });
}

async function invite({ url, root, nextNumber }: Site): Promise<{ username: string; link: string }> {
  const username = `bench-person-${nextNumber()}`;
  const { passwordLink } = await mutate(
    url,
    'createUser',
    'passwordLink',
    { username, role: 'USER', reason: 'benchmark' },
    root.token,
  );
  return { username, link: passwordLink as string };
}

/** Creates what several jobs share, once per site. */
function oncePerSite<Made>(make: (site: Site) => Promise<Made>): (site: Site) => Promise<Made> {
  const made = new WeakMap<Site, Promise<Made>>();
  return (site) => {
    const known = made.get(site) ?? make(site);
    made.set(site, known);
    return known;
  };
}

/** ROOT, on a site with several pages of users. */
export const rootOfMany = oncePerSite(async (site): Promise<BenchUser[]> => {
  for (let number = 0; number < OTHERS; number += 1) await invite(site);
  return [site.root];
});

/** Eight users, each with fifty call keys and several pages of logs. */
export const keyOwnersOf = oncePerSite(async (site): Promise<KeyOwner[]> => {
  const users = await Promise.all((await newUsers(site, 8)).map((user) => withKeys(site.url, user)));
  await fire(usageReport(site.gatewayToken, 100), site.url, users, REPORTS * users.length);
  return users;
});
