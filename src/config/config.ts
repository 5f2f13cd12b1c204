import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { days, hours, inSeconds, minutes, seconds } from '../duration.js';
import { administratorRoles, findSettingConflicts, type AdministratorRole } from './setting-conflicts.js';
import { emptyIsNone, nameSettings, type Environment } from './setting-names.js';
import { secretSettings, settings, type Settings } from './settings.js';

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
      const value = readFileSync(path, 'utf8').trim();
      if (value === '') problems.push(`${name}_FILE names an empty file: ${path}`);
      return [[name, value]];
    } catch {
      problems.push(`${name}_FILE names a file that can't be read: ${path}`);
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
    trustedProxies: values.POSTERN_TRUSTED_PROXIES,
    introspection: (values.POSTERN_INTROSPECTION ?? (production ? 'off' : 'on')) === 'on',
    logLevel: values.POSTERN_LOG_LEVEL,
    metrics: {
      /** Null if metrics are read without a token. */
      token: values.POSTERN_METRICS_TOKEN ?? null,
      host: values.POSTERN_METRICS_HOST ?? '127.0.0.1',
      /** Null if metrics are served at the port of the API. */
      port: values.POSTERN_METRICS_PORT ?? null,
    },
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
    twoFactorRequiredFor: (values.POSTERN_TWO_FACTOR_REQUIRED_FOR ??
      (production ? administratorRoles : [])) as readonly AdministratorRole[],
    apiTokenViewable: values.POSTERN_API_TOKEN_VIEWABLE === 'true',
    /** Months of usage to keep besides the current one; 0 keeps everything. */
    usageRetentionMonths: values.POSTERN_USAGE_RETENTION_MONTHS,
    callKeysPerUser: values.POSTERN_CALL_KEYS_PER_USER,
    twoFactorIssuer: values.POSTERN_TWO_FACTOR_ISSUER,
    stepUpMs: minutes(values.POSTERN_STEP_UP_MINUTES),
    argon2: {
      memoryKib: values.POSTERN_ARGON2_MEMORY_KIB,
      iterations: values.POSTERN_ARGON2_ITERATIONS,
      parallelism: values.POSTERN_ARGON2_PARALLELISM,
    },
    session: {
      ordinary: {
        idleSeconds: inSeconds(minutes(values.POSTERN_SESSION_IDLE_MINUTES)),
        lifetimeSeconds: inSeconds(hours(values.POSTERN_SESSION_LIFETIME_HOURS)),
      },
      remembered: {
        idleSeconds: inSeconds(hours(values.POSTERN_SESSION_REMEMBERED_IDLE_HOURS)),
        lifetimeSeconds: inSeconds(days(values.POSTERN_SESSION_REMEMBERED_LIFETIME_DAYS)),
      },
      administrator: {
        idleSeconds: inSeconds(minutes(values.POSTERN_SESSION_ADMIN_IDLE_MINUTES)),
        lifetimeSeconds: inSeconds(hours(values.POSTERN_SESSION_ADMIN_LIFETIME_HOURS)),
      },
      perUser: values.POSTERN_SESSIONS_PER_USER,
    },
    firstAdministrator:
      values.POSTERN_ADMIN_USERNAME && values.POSTERN_ADMIN_PASSWORD_FILE
        ? { username: values.POSTERN_ADMIN_USERNAME, passwordFile: values.POSTERN_ADMIN_PASSWORD_FILE }
        : undefined,
  };
}
