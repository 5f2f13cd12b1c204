import { isAddressOrRange, isLoopback } from '../net/ip-address.js';
import type { Settings } from './settings.js';

/** The roles that may look after others. */
export const administratorRoles = ['ADMIN', 'ROOT'] as const;
export type AdministratorRole = (typeof administratorRoles)[number];

/** An origin as a browser sends it; no pattern of origins. */
const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text && !text.includes('*');

/** Faults that no single setting shows; of a setting that is `mistaken` in itself nothing more is told. */
export function settingConflicts(values: Partial<Settings>, problems: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const publicUrl = values.PUBLIC_URL ? new URL(values.PUBLIC_URL) : undefined;
  if (values.NODE_ENV === 'production') {
    if (values.LIMITS === 'off') faults.push('LIMITS cannot be off in production');
    if (!publicUrl && !problems.has('PUBLIC_URL'))
      faults.push('PUBLIC_URL is required in production: the address at which people reach Postern');
    if (!values.ENCRYPTION_KEYS && !problems.has('ENCRYPTION_KEYS'))
      faults.push('ENCRYPTION_KEYS is required in production: "npm run postern -- keys generate" makes one');
    if (values.MAIL === 'on' && !values.SMTP_URL && !problems.has('SMTP_URL'))
      faults.push(
        'SMTP_URL is required in production; MAIL=off does without mail, and so without binding an address and recovering a password',
      );
    if (publicUrl?.protocol === 'http:' && publicUrl.hostname !== 'localhost')
      faults.push('PUBLIC_URL must be an https address in production');
  } else if (values.HOST && !isLoopback(values.HOST) && !problems.has('NODE_ENV')) {
    faults.push(
      `HOST ${values.HOST} is not a loopback address; outside of NODE_ENV=production Postern listens on this machine alone`,
    );
  }
  for (const proxy of values.TRUSTED_PROXIES ?? []) {
    if (!isAddressOrRange(proxy))
      faults.push(`TRUSTED_PROXIES holds ${proxy}, which is neither an address nor a CIDR range`);
  }
  for (const origin of values.CORS_ORIGINS ?? []) {
    if (!isOrigin(origin))
      faults.push(`CORS_ORIGINS holds ${origin}, which is not an origin such as https://app.example.org`);
  }
  for (const role of values.TWO_FACTOR_REQUIRED_FOR ?? []) {
    if (!administratorRoles.includes(role as AdministratorRole))
      faults.push(`TWO_FACTOR_REQUIRED_FOR holds ${role}, which is neither ADMIN nor ROOT`);
  }
  if (Boolean(values.ADMIN_USERNAME) !== Boolean(values.ADMIN_PASSWORD_FILE))
    faults.push('ADMIN_USERNAME and ADMIN_PASSWORD_FILE go together');
  return faults;
}
