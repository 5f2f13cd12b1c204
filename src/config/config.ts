import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { days, hours, inSeconds, minutes, seconds } from '../duration.js';
import { administratorRoles, findSettingConflicts, type AdministratorRole } from './setting-conflicts.js';
import { secretSettings, settings, type Settings } from './settings.js';

/** The settings of a process, validated and in the units that the code uses. */
export type Config = ReturnType<typeof toConfig>;

/** The settings are invalid. `problems` describes every one of them. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from the environment.
 *
 * @throws {ConfigError} with all problems together, so that they can be fixed in one go
 */
export function loadConfig(environment: Environment = process.env): Config {
  const problems: string[] = [];
  const variables = withSecretFiles(environment, problems);
  const parsed = Object.entries(settings).map(([name, setting]) => {
    const result = setting.safeParse(variables[name] === '' ? undefined : variables[name]);
    if (!result.success) problems.push(`${name} ${result.error.issues.map((issue) => issue.message).join(' and ')}`);
    return [name, result.data] as const;
  });
  const values = Object.fromEntries(parsed) as Partial<Settings>;
  const invalidSettings = new Set(problems.map((problem) => problem.split(' ')[0]?.replace(/_FILE$/, '') ?? ''));
  problems.push(...findSettingConflicts(values, invalidSettings));
  if (problems.length > 0) throw new ConfigError(problems);
  return toConfig(values as Settings);
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

const OPERATION_TIMEOUT_MS = seconds(10);

function toConfig(values: Settings) {
  const production = values.NODE_ENV === 'production';
  const publicUrl = values.PUBLIC_URL ?? `http://localhost:${values.PORT}`;
  return {
    environment: values.NODE_ENV,
    host: values.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: values.PORT,
    publicUrl,
    /** Browsers accept the `__Host-` cookie only from pages served over https. */
    secureCookies: publicUrl.startsWith('https:'),
    allowedOrigins: [new URL(publicUrl).origin, ...values.CORS_ORIGINS],
    corsOrigins: values.CORS_ORIGINS,
    trustedProxies: values.TRUSTED_PROXIES,
    introspection: (values.INTROSPECTION ?? (production ? 'off' : 'on')) === 'on',
    logLevel: values.LOG_LEVEL,
    metrics: {
      /** Null if metrics are read without a token. */
      token: values.METRICS_TOKEN ?? null,
      host: values.METRICS_HOST ?? '127.0.0.1',
      /** Null if metrics are served at the port of the API. */
      port: values.METRICS_PORT ?? null,
    },
    database: {
      url: values.DATABASE_URL,
      directory: resolve(values.DATA_DIR),
      /** Below it, the embedded database is read-only. */
      minFreeBytes: values.DATA_MIN_FREE_MIB * BYTES_PER_MIB,
      migrateOnStart: values.MIGRATE_ON_START === 'on',
    },
    /** Null if they are stored in the data directory. */
    encryptionKeys: values.ENCRYPTION_KEYS ?? null,
    mail: {
      isEnabled: values.MAIL === 'on',
      /** Null if emails are captured and shown instead of sent. */
      smtpUrl: values.SMTP_URL ?? null,
      from: values.MAIL_FROM ?? `Postern <postern@${new URL(publicUrl).hostname}>`,
    },
    eventSealMs: seconds(values.EVENT_SEAL_SECONDS),
    limits: values.LIMITS === 'on',
    capacity: {
      requests: values.MAX_CONCURRENT_REQUESTS,
      requestsPerAccount: values.MAX_CONCURRENT_REQUESTS_PER_ACCOUNT,
      waitingSignIns: values.MAX_WAITING_SIGN_INS,
      waitingChanges: values.MAX_WAITING_CHANGES,
    },
    /** How long an operation may take before its caller gets an error. Not a setting; tests use less. */
    operationTimeoutMs: OPERATION_TIMEOUT_MS,
    registrationOpen: values.REGISTRATION === 'open',
    password: { minimumLength: values.PASSWORD_MIN_LENGTH },
    twoFactorRequiredFor: (values.TWO_FACTOR_REQUIRED_FOR ??
      (production ? administratorRoles : [])) as readonly AdministratorRole[],
    apiTokenViewable: values.API_TOKEN_VIEWABLE === 'true',
    /** Months of usage to keep besides the current one; 0 keeps everything. */
    usageRetentionMonths: values.USAGE_RETENTION_MONTHS,
    callKeysPerUser: values.CALL_KEYS_PER_USER,
    twoFactorIssuer: values.TWO_FACTOR_ISSUER,
    stepUpMs: minutes(values.STEP_UP_MINUTES),
    argon2: {
      memoryKib: values.ARGON2_MEMORY_KIB,
      iterations: values.ARGON2_ITERATIONS,
      parallelism: values.ARGON2_PARALLELISM,
    },
    session: {
      ordinary: {
        idleSeconds: inSeconds(minutes(values.SESSION_IDLE_MINUTES)),
        lifetimeSeconds: inSeconds(hours(values.SESSION_LIFETIME_HOURS)),
      },
      remembered: {
        idleSeconds: inSeconds(hours(values.SESSION_REMEMBERED_IDLE_HOURS)),
        lifetimeSeconds: inSeconds(days(values.SESSION_REMEMBERED_LIFETIME_DAYS)),
      },
      administrator: {
        idleSeconds: inSeconds(minutes(values.SESSION_ADMIN_IDLE_MINUTES)),
        lifetimeSeconds: inSeconds(hours(values.SESSION_ADMIN_LIFETIME_HOURS)),
      },
      perUser: values.SESSIONS_PER_USER,
    },
    firstAdministrator:
      values.ADMIN_USERNAME && values.ADMIN_PASSWORD_FILE
        ? { username: values.ADMIN_USERNAME, passwordFile: values.ADMIN_PASSWORD_FILE }
        : undefined,
  };
}
