import { isIP } from 'node:net';
import { canonicalRange, isAddressOrRange, isLoopback } from '../net/ip-address.js';
import type { Settings } from './settings.js';

/** Roles that can manage other accounts. */
export const administratorRoles = ['ADMIN', 'ROOT'] as const;
export type AdministratorRole = (typeof administratorRoles)[number];

/** An origin as a browser sends it, not a pattern. */
const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text && !text.includes('*');

/** Whether a host is a domain, or one above it that is not a whole top-level domain. */
const isWithin = (host: string, domain: string) =>
  host === domain || (host.endsWith(`.${domain}`) && domain.includes('.'));

/** Browsers have passkeys only with https, and on this machine. */
const isSecureContext = ({ protocol, hostname }: URL) => protocol === 'https:' || hostname === 'localhost';

/** An RP ID must be the host of the web app or a domain above it, and pages elsewhere must be within it. */
function findPasskeyConflicts(values: Partial<Settings>, publicUrl: URL | undefined): string[] {
  const host = publicUrl?.hostname ?? 'localhost';
  const rpId = values.POSTERN_PASSKEY_RP_ID ?? host;
  const outside = (values.POSTERN_PASSKEY_ORIGINS ?? []).filter(
    (origin) => !isOrigin(origin) || !isSecureContext(new URL(origin)) || !isWithin(new URL(origin).hostname, rpId),
  );
  return [
    ...(isWithin(host, rpId)
      ? []
      : [`POSTERN_PASSKEY_RP_ID ${rpId} must be ${host}, the host of POSTERN_PUBLIC_URL, or a domain above it`]),
    ...outside.map(
      (origin) => `POSTERN_PASSKEY_ORIGINS contains ${origin}, which is not an https origin within the RP ID ${rpId}`,
    ),
  ];
}

/** A sign-in leads only to web pages; the gate cookie only to hosts beside this one. */
function findForwardAuthConflicts(values: Partial<Settings>, publicUrl: URL | undefined): string[] {
  const isProduction = values.NODE_ENV === 'production';
  const isPage = (origin: string) =>
    isOrigin(origin) && /^https?:/.test(origin) && (!isProduction || isSecureContext(new URL(origin)));
  const host = publicUrl?.hostname ?? 'localhost';
  const domain = values.POSTERN_COOKIE_DOMAIN;
  const isParent = domain !== undefined && domain.includes('.') && isIP(domain) === 0 && isWithin(host, domain);
  return [
    ...(values.POSTERN_RETURN_ORIGINS ?? [])
      .filter((origin) => !isPage(origin))
      .map(
        (origin) =>
          `POSTERN_RETURN_ORIGINS contains ${origin}, which is not an origin such as https://console.example.org`,
      ),
    ...(domain === undefined || isParent
      ? []
      : [
          `POSTERN_COOKIE_DOMAIN ${domain} must be ${host}, the host of POSTERN_PUBLIC_URL, or a domain above it, such as example.org`,
        ]),
  ];
}

/** Finds problems that involve several settings. Skips settings that already have a problem. */
export function findSettingConflicts(values: Partial<Settings>, invalidSettings: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  const publicUrl = values.POSTERN_PUBLIC_URL ? new URL(values.POSTERN_PUBLIC_URL) : undefined;
  if (values.NODE_ENV === 'production') {
    if (values.POSTERN_LIMITS === 'off') problems.push("POSTERN_LIMITS can't be off in production");
    if (!publicUrl && !invalidSettings.has('POSTERN_PUBLIC_URL'))
      problems.push(
        'POSTERN_PUBLIC_URL is required in production: the public URL of this server, e.g. https://account.example.org',
      );
    if (!values.POSTERN_ENCRYPTION_KEYS && !invalidSettings.has('POSTERN_ENCRYPTION_KEYS'))
      problems.push(
        'POSTERN_ENCRYPTION_KEYS is required in production; set the keys of an existing database, or generate one for a new one with "postern keys generate"',
      );
    if (values.POSTERN_MAIL === 'on' && !values.POSTERN_SMTP_URL && !invalidSettings.has('POSTERN_SMTP_URL'))
      problems.push(
        'POSTERN_SMTP_URL is required in production; or set POSTERN_MAIL=off to run without email, and so without binding addresses and recovering passwords',
      );
    if (publicUrl?.protocol === 'http:' && publicUrl.hostname !== 'localhost')
      problems.push('POSTERN_PUBLIC_URL must be an https URL in production');
  } else if (!invalidSettings.has('NODE_ENV')) {
    for (const name of ['POSTERN_HOST', 'POSTERN_METRICS_HOST'] as const) {
      const host = values[name];
      if (host && !isLoopback(host))
        problems.push(
          `${name} ${host} is not a loopback address; unless NODE_ENV=production, Postern listens only on this machine`,
        );
    }
  }
  if (
    values.POSTERN_DATABASE_POOLER === 'transaction' &&
    !values.POSTERN_DATABASE_SESSION_URL &&
    !invalidSettings.has('POSTERN_DATABASE_SESSION_URL')
  )
    problems.push(
      'POSTERN_DATABASE_POOLER=transaction requires POSTERN_DATABASE_SESSION_URL, the same database without the pooler, for migrations and the job queue',
    );
  for (const name of ['POSTERN_DATABASE_POOLER', 'POSTERN_DATABASE_SESSION_URL'] as const) {
    if (values[name] && values[name] !== 'none' && !values.DATABASE_URL && !invalidSettings.has('DATABASE_URL'))
      problems.push(`${name} requires DATABASE_URL`);
  }
  if (
    values.POSTERN_METRICS_HOST &&
    values.POSTERN_METRICS_PORT === undefined &&
    !invalidSettings.has('POSTERN_METRICS_PORT')
  )
    problems.push('POSTERN_METRICS_HOST requires POSTERN_METRICS_PORT');
  if (values.POSTERN_METRICS_PORT && values.POSTERN_METRICS_PORT === values.PORT)
    problems.push('POSTERN_METRICS_PORT must be another port than PORT');
  for (const proxy of values.POSTERN_TRUSTED_PROXIES ?? []) {
    if (!isAddressOrRange(proxy))
      problems.push(`POSTERN_TRUSTED_PROXIES contains ${proxy}, which is not an IP address or CIDR range`);
  }
  for (const network of values.POSTERN_WEBHOOK_ALLOWED_NETWORKS ?? []) {
    if (canonicalRange(network) === null)
      problems.push(`POSTERN_WEBHOOK_ALLOWED_NETWORKS contains ${network}, which is not an IP address or CIDR range`);
  }
  for (const origin of values.POSTERN_CORS_ORIGINS ?? []) {
    if (!isOrigin(origin))
      problems.push(`POSTERN_CORS_ORIGINS contains ${origin}, which is not an origin such as https://app.example.org`);
  }
  for (const role of values.POSTERN_TWO_FACTOR_REQUIRED_FOR ?? []) {
    if (!administratorRoles.includes(role as AdministratorRole))
      problems.push(`POSTERN_TWO_FACTOR_REQUIRED_FOR contains ${role}, which is not ADMIN or ROOT`);
  }
  problems.push(...findPasskeyConflicts(values, publicUrl), ...findForwardAuthConflicts(values, publicUrl));
  if (Boolean(values.POSTERN_ADMIN_USERNAME) !== Boolean(values.POSTERN_ADMIN_PASSWORD_FILE))
    problems.push('POSTERN_ADMIN_USERNAME and POSTERN_ADMIN_PASSWORD_FILE must be set together');
  return problems;
}
