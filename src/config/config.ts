import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { minutes, seconds } from '../duration.js';
import { administratorRoles, findSettingConflicts, type AdministratorRole } from './setting-conflicts.js';
import { readSettingFile } from './read-file.js';
import { toSessionConfig } from './session-config.js';
import { emptyIsNone, nameSettings, type Environment } from './setting-names.js';
import { secretSettings, settings, type Settings } from './settings.js';
import { toSyslogConfig } from './syslog-config.js';
import { toTelemetryConfig } from './telemetry-config.js';

/** The settings of a process, validated and in the units that the code uses. */
export type Config = ReturnType<typeof toConfig>;

/** The settings are invalid. `problems` describes every one of them. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/**
 * Reads the settings from the environment.
 *
 * @throws {ConfigError} with all problems together, so that they can be fixed in one go
 */
export function loadConfig(environment: Environment = process.env): Config {
  const problems: string[] = [];
  const named = nameSettings(environment);
  const variables = withSecretFiles(named.variables, problems);
  const parsed = Object.entries(settings).map(([name, setting]) => {
    const isUnset = variables[name] === '' && !emptyIsNone.has(name);
    const result = setting.safeParse(isUnset ? undefined : variables[name]);
    if (!result.success) problems.push(`${name} ${result.error.issues.map((issue) => issue.message).join(' and ')}`);
    return [name, result.data] as const;
  });
  const values = Object.fromEntries(parsed) as Partial<Settings>;
  const invalidSettings = new Set(problems.map((problem) => problem.split(' ')[0]?.replace(/_FILE$/, '') ?? ''));
  problems.push(...findSettingConflicts(values, invalidSettings));
  // A mistyped name is often why another setting is missing.
  if (problems.length > 0) throw new ConfigError([...problems, ...named.warnings]);
  return toConfig(values as Settings, named.warnings);
}

/**
 * A named file must contain a value: an empty one, as left by a secret that was not mounted, is not an unset setting.
 */
function withSecretFiles(environment: Environment, problems: string[]): Environment {
  const secrets = secretSettings.flatMap((name) => {
    const path = environment[`${name}_FILE`];
    if (!path) return [];
    if (environment[name]) problems.push(`${name}_FILE and ${name} are both set; set only one of them`);
    try {
      const value = readSettingFile(`${name}_FILE`, path).trim();
      if (value === '') problems.push(`${name}_FILE names an empty file: ${path}`);
      return [[name, value]];
    } catch (error) {
      problems.push((error as Error).message);
      return [];
    }
  });
  return { ...environment, ...(Object.fromEntries(secrets) as Environment) };
}

const BYTES_PER_MIB = 2 ** 20;

const toDatabaseConfig = (values: Settings) => ({
  url: values.DATABASE_URL,
  directory: resolve(values.POSTERN_DATA_DIR),
  pooler: values.POSTERN_DATABASE_POOLER,
  /** Null if `url` keeps sessions. */
  sessionUrl: values.POSTERN_DATABASE_SESSION_URL ?? null,
  poolSize: values.POSTERN_DATABASE_POOL_SIZE,
  /** Below it, the embedded database is read-only. */
  minFreeBytes: values.POSTERN_DATA_MIN_FREE_MIB * BYTES_PER_MIB,
  migrateOnStart: values.POSTERN_MIGRATE_ON_START === 'on',
});

/** The relying party of WebAuthn. Browsers accept none at a bare IP address, and only over https or at localhost. */
function toPasskeyConfig(values: Settings, publicUrl: string) {
  const { protocol, hostname, origin } = new URL(publicUrl);
  const isSecure = protocol === 'https:' || hostname === 'localhost';
  return {
    areOffered: values.POSTERN_PASSKEYS === 'on' && isSecure && isIP(hostname.replace(/^\[|\]$/g, '')) === 0,
    rpId: values.POSTERN_PASSKEY_RP_ID ?? hostname,
    rpName: values.POSTERN_PASSKEY_RP_NAME ?? values.POSTERN_TWO_FACTOR_ISSUER,
    /** Where pages may use passkeys. */
    origins: [origin, ...values.POSTERN_PASSKEY_ORIGINS],
  };
}

const OPERATION_TIMEOUT_MS = seconds(10);

function toConfig(values: Settings, warnings: readonly string[]) {
  const production = values.NODE_ENV === 'production';
  const publicUrl = values.POSTERN_PUBLIC_URL ?? `http://localhost:${values.PORT}`;
  return {
    /** Names to change: old and unknown ones. */
    warnings,
    environment: values.NODE_ENV,
    host: values.POSTERN_HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: values.PORT,
    publicUrl,
    /** Browsers accept the `__Host-` cookie only from pages served over https. */
    secureCookies: publicUrl.startsWith('https:'),
    allowedOrigins: [new URL(publicUrl).origin, ...values.POSTERN_CORS_ORIGINS],
    corsOrigins: values.POSTERN_CORS_ORIGINS,
    /** The services that accept identity tokens. */
    identityAudiences: values.POSTERN_IDENTITY_AUDIENCES,
    /** Where a sign-in may lead. */
    returnOrigins: values.POSTERN_RETURN_ORIGINS,
    /** Whether released usernames stay unused, because services may know users by name (R-125a). */
    keepsReleasedUsernames: values.POSTERN_RETURN_ORIGINS.length > 0 || values.POSTERN_IDENTITY_AUDIENCES.size > 0,
    /** The domain of the gate cookie; null if there is none. */
    cookieDomain: values.POSTERN_COOKIE_DOMAIN ?? null,
    webhookAllowedNetworks: values.POSTERN_WEBHOOK_ALLOWED_NETWORKS,
    trustedProxies: values.POSTERN_TRUSTED_PROXIES,
    /** A URI; null if there is none. */
    securityContact: values.POSTERN_SECURITY_CONTACT ?? null,
    introspection: (values.POSTERN_INTROSPECTION ?? (production ? 'off' : 'on')) === 'on',
    /** Whether the API is a subgraph of Apollo Federation 2. */
    federation: values.POSTERN_FEDERATION === 'on',
    ...toTelemetryConfig(values),
    database: toDatabaseConfig(values),
    /** Null if they are stored in the data directory. */
    encryptionKeys: values.POSTERN_ENCRYPTION_KEYS ?? null,
    mail: {
      isEnabled: values.POSTERN_MAIL === 'on',
      /** Null if emails are captured and shown instead of sent. */
      smtpUrl: values.POSTERN_SMTP_URL ?? null,
      from: values.POSTERN_MAIL_FROM ?? `Postern <postern@${new URL(publicUrl).hostname}>`,
    },
    eventSealMs: seconds(values.POSTERN_EVENT_SEAL_SECONDS),
    /** Months of security events to keep besides the current one; 0 keeps everything. */
    eventRetentionMonths: values.POSTERN_EVENT_RETENTION_MONTHS,
    /** Null if events are not sent to syslog. */
    syslog: values.POSTERN_SYSLOG_URL ? toSyslogConfig(values.POSTERN_SYSLOG_URL, publicUrl) : null,
    limits: values.POSTERN_LIMITS === 'on',
    capacity: {
      requests: values.POSTERN_MAX_CONCURRENT_REQUESTS,
      requestsPerAccount: values.POSTERN_MAX_CONCURRENT_REQUESTS_PER_ACCOUNT,
      waitingSignIns: values.POSTERN_MAX_WAITING_SIGN_INS,
      waitingChanges: values.POSTERN_MAX_WAITING_CHANGES,
      /** Connections for changes. */
      connections: values.POSTERN_DATABASE_POOL_SIZE,
    },
    /** How long an operation may take before its caller gets an error. Not a setting; tests use less. */
    operationTimeoutMs: OPERATION_TIMEOUT_MS,
    registrationOpen: values.POSTERN_REGISTRATION === 'open',
    password: { minimumLength: values.POSTERN_PASSWORD_MIN_LENGTH },
    passkeys: toPasskeyConfig(values, publicUrl),
    /** How long a browser can be trusted; 0 turns trusted browsers off. */
    trustedBrowserDays: values.POSTERN_TRUSTED_BROWSER_DAYS,
    twoFactorRequiredFor: (values.POSTERN_TWO_FACTOR_REQUIRED_FOR ??
      (production ? administratorRoles : [])) as readonly AdministratorRole[],
    apiTokenViewable: values.POSTERN_API_TOKEN_VIEWABLE === 'true',
    /** Months of usage to keep besides the current one; 0 keeps everything. */
    usageRetentionMonths: values.POSTERN_USAGE_RETENTION_MONTHS,
    callKeysPerUser: values.POSTERN_CALL_KEYS_PER_USER,
    accessTokenMaxDays: values.POSTERN_ACCESS_TOKEN_MAX_DAYS,
    twoFactorIssuer: values.POSTERN_TWO_FACTOR_ISSUER,
    stepUpMs: minutes(values.POSTERN_STEP_UP_MINUTES),
    argon2: {
      memoryKib: values.POSTERN_ARGON2_MEMORY_KIB,
      iterations: values.POSTERN_ARGON2_ITERATIONS,
      parallelism: values.POSTERN_ARGON2_PARALLELISM,
    },
    session: toSessionConfig(values),
    firstAdministrator:
      values.POSTERN_ADMIN_USERNAME && values.POSTERN_ADMIN_PASSWORD_FILE
        ? { username: values.POSTERN_ADMIN_USERNAME, passwordFile: values.POSTERN_ADMIN_PASSWORD_FILE }
        : undefined,
  };
}
