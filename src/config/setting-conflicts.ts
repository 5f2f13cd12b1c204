import { isAddressOrRange, isLoopback } from '../net/ip-address.js';
import type { Settings } from './settings.js';

/** Roles that can manage other accounts. */
export const administratorRoles = ['ADMIN', 'ROOT'] as const;
export type AdministratorRole = (typeof administratorRoles)[number];

/** An origin as a browser sends it, not a pattern. */
const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text && !text.includes('*');

/** Finds problems that involve several settings. Skips settings that already have a problem. */
export function findSettingConflicts(values: Partial<Settings>, invalidSettings: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  const publicUrl = values.PUBLIC_URL ? new URL(values.PUBLIC_URL) : undefined;
  if (values.NODE_ENV === 'production') {
    if (values.LIMITS === 'off') problems.push("LIMITS can't be off in production");
    if (!publicUrl && !invalidSettings.has('PUBLIC_URL'))
      problems.push('PUBLIC_URL is required in production: the public URL of this server');
    if (!values.ENCRYPTION_KEYS && !invalidSettings.has('ENCRYPTION_KEYS'))
      problems.push(
        'ENCRYPTION_KEYS is required in production; generate a key with "npm run postern -- keys generate"',
      );
    if (values.MAIL === 'on' && !values.SMTP_URL && !invalidSettings.has('SMTP_URL'))
      problems.push(
        'SMTP_URL is required in production; or set MAIL=off to run without email, and so without binding addresses and recovering passwords',
      );
    if (publicUrl?.protocol === 'http:' && publicUrl.hostname !== 'localhost')
      problems.push('PUBLIC_URL must be an https URL in production');
  } else if (!invalidSettings.has('NODE_ENV')) {
    for (const name of ['HOST', 'METRICS_HOST'] as const) {
      const host = values[name];
      if (host && !isLoopback(host))
        problems.push(
          `${name} ${host} is not a loopback address; unless NODE_ENV=production, Postern listens only on this machine`,
        );
    }
  }
  if (
    values.DATABASE_POOLER === 'transaction' &&
    !values.DATABASE_SESSION_URL &&
    !invalidSettings.has('DATABASE_SESSION_URL')
  )
    problems.push(
      'DATABASE_POOLER=transaction requires DATABASE_SESSION_URL, the same database without the pooler, for migrations and the job queue',
    );
  for (const name of ['DATABASE_POOLER', 'DATABASE_SESSION_URL'] as const) {
    if (values[name] && values[name] !== 'none' && !values.DATABASE_URL && !invalidSettings.has('DATABASE_URL'))
      problems.push(`${name} requires DATABASE_URL`);
  }
  if (values.METRICS_HOST && values.METRICS_PORT === undefined && !invalidSettings.has('METRICS_PORT'))
    problems.push('METRICS_HOST requires METRICS_PORT');
  if (values.METRICS_PORT && values.METRICS_PORT === values.PORT)
    problems.push('METRICS_PORT must be another port than PORT');
  for (const proxy of values.TRUSTED_PROXIES ?? []) {
    if (!isAddressOrRange(proxy))
      problems.push(`TRUSTED_PROXIES contains ${proxy}, which is not an IP address or CIDR range`);
  }
  for (const origin of values.CORS_ORIGINS ?? []) {
    if (!isOrigin(origin))
      problems.push(`CORS_ORIGINS contains ${origin}, which is not an origin such as https://app.example.org`);
  }
  for (const role of values.TWO_FACTOR_REQUIRED_FOR ?? []) {
    if (!administratorRoles.includes(role as AdministratorRole))
      problems.push(`TWO_FACTOR_REQUIRED_FOR contains ${role}, which is not ADMIN or ROOT`);
  }
  if (Boolean(values.ADMIN_USERNAME) !== Boolean(values.ADMIN_PASSWORD_FILE))
    problems.push('ADMIN_USERNAME and ADMIN_PASSWORD_FILE must be set together');
  return problems;
}
