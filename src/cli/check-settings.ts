import { isIP } from 'node:net';
import type { Config } from '../config/config.js';
import { fail, ok, warn, type CheckResult } from './check-result.js';

/** Reports settings that are valid but risky; the environment, if there are none. */
export function checkSettings(config: Config): CheckResult[] {
  const risks = [...findRisks(config)];
  return risks.length > 0 ? risks : [ok('settings', `valid (${config.environment})`)];
}

function* findRisks({ warnings, logLevel, environment, ...config }: Config): Generator<CheckResult> {
  for (const warning of warnings) yield fail('settings', warning);
  if (!['trace', 'debug', 'info'].includes(logLevel))
    yield fail(
      'settings',
      `POSTERN_LOG_LEVEL is ${logLevel}, so seals of security events are not logged, and deleting the newest events can't be detected. Set it to info.`,
    );
  if (environment !== 'production') return;
  if (config.introspection)
    yield warn(
      'settings',
      'POSTERN_INTROSPECTION is on, so anyone may read the schema. Set it to off unless the API is public.',
    );
  const free = ['ADMIN', 'ROOT'].filter((role) => !config.twoFactorRequiredFor.some((required) => required === role));
  if (free.length > 0)
    yield warn(
      'settings',
      `POSTERN_TWO_FACTOR_REQUIRED_FOR lacks ${free.join(' and ')}, so a password alone manages accounts. Remove the setting to require two-factor authentication of both.`,
    );
}

/** Checks that users reach the server at an address that suits it. */
export function checkUrl({ publicUrl, environment, secureCookies }: Config): CheckResult {
  const host = new URL(publicUrl).hostname.replace(/^\[|\]$/g, '');
  const isProduction = environment === 'production';
  if (secureCookies && !isProduction)
    return warn('url', `${publicUrl} is public, but NODE_ENV is ${environment}. Set NODE_ENV=production.`);
  if (isProduction && host === 'localhost')
    return warn(
      'url',
      `${publicUrl} works on this machine only. Set POSTERN_PUBLIC_URL to the address that users open.`,
    );
  if (isIP(host) !== 0)
    return warn('url', `${publicUrl} is an IP address, at which no browser offers passkeys. Use a host name.`);
  return ok('url', publicUrl);
}

/** Checks whether the addresses of callers are known. Postern listens on http, so a public https URL is of a proxy. */
export function checkProxies({ secureCookies, trustedProxies }: Config): CheckResult {
  if (secureCookies && trustedProxies.length === 0)
    return fail(
      'proxies',
      "POSTERN_PUBLIC_URL is https, so a proxy forwards requests, but POSTERN_TRUSTED_PROXIES is empty. All users share the proxy's address and the limits of it. Set POSTERN_TRUSTED_PROXIES to the address of the proxy.",
    );
  const everyone = trustedProxies.filter((proxy) => proxy.endsWith('/0'));
  if (everyone.length > 0)
    return fail(
      'proxies',
      `POSTERN_TRUSTED_PROXIES contains ${everyone.join(' and ')}, so every caller chooses its own address. Set it to the address of the proxy.`,
    );
  return ok(
    'proxies',
    trustedProxies.length > 0 ? `trusted: ${trustedProxies.join(', ')}` : 'none, callers connect directly',
  );
}
