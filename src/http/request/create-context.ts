import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { RateLimits } from '../../features/attempt/rate-limits.js';
import type { Locale } from '../../text/locale.js';
import type { Config } from '../../config/config.js';
import type { ResolveName } from '../../net/resolve-name.js';
import type { KeyRing } from '../../crypto/key-ring.js';
import type { PasswordHashing } from '../../crypto/password-hash.js';
import { fork, type Database, type EntityManager } from '../../database/connection/database.js';
import type { Reader } from '../../database/read/select.js';
import { getCaller } from './caller.js';
import { authenticate } from './authenticate.js';
import { preferredLocale } from './locale.js';
import { noteViewer } from './note-viewer.js';
import { recordUse } from './record-use.js';
import { deviceCookieName, gateCookie, sessionCookie, tokenCookie, trustCookieName } from './token-cookie.js';
import type { Logger } from '../../telemetry/logger.js';
import type { CallKeyUses } from '../../features/call-key/call-key-uses.js';
import type { SecondFactorMethod } from '../../features/two-factor/verify-factor.js';
import type { Mailbox } from '../../features/mail/mailbox.js';
import type { BackgroundWork } from '../../rules/background-work.js';
import type { Context, TokenCookie } from '../../graphql-kit/context.js';
import type { Viewer } from '../../rules/viewer.js';
import { toTopLevelError } from './top-level-error.js';
import type { Caller } from '../../features/security-event/caller.js';

/** What the handling of requests depends on, created once at startup. */
export interface Dependencies {
  readonly config: Config;
  readonly database: Database;
  readonly passwords: PasswordHashing;
  readonly keys: KeyRing;
  readonly mail: Mailbox;
  readonly callKeyUses: CallKeyUses;
  /** Finds the IP addresses of a host; tests pass their own. */
  readonly resolveName: ResolveName;
  readonly rateLimits: RateLimits;
  readonly secondFactors: readonly SecondFactorMethod[];
  readonly logger: Logger;
  readonly background: BackgroundWork;
  /** The clock of the server; tests pass their own. */
  readonly clock: () => Date;
  /** The time of the database, for work that no request waits for: it compares times that other processes wrote. */
  readonly databaseClock: () => Date;
}

/**
 * The context of a request. Values are created on demand, because most requests need few of them. This is a class,
 * because Apollo copies each context, which would evaluate getters of a plain object.
 */
class RequestContext implements Context {
  private cachedEm?: EntityManager;
  private cachedCaller?: Caller;

  constructor(
    private readonly dependencies: Dependencies,
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
    private readonly peer: string,
    readonly now: Date,
    readonly deadline: number,
    readonly viewer: Viewer | null,
    readonly sessionCookie: TokenCookie,
  ) {
    if (viewer) noteViewer(viewer);
  }

  get em(): EntityManager {
    return (this.cachedEm ??= fork(this.dependencies.database));
  }

  get caller(): Caller {
    const accessTokenId = this.viewer?.credential === 'API_TOKEN' ? this.viewer.accessTokenId : null;
    return (this.cachedCaller ??= { ...getCaller(this.request, this.peer), accessTokenId });
  }

  get locale(): Locale {
    return preferredLocale(this.request.headers['accept-language']) ?? this.viewer?.locale ?? 'EN';
  }

  get gateCookie(): TokenCookie | null {
    return gateCookie(this.config, this.request, this.reply);
  }

  get deviceCookie(): TokenCookie {
    return this.getCookie(deviceCookieName);
  }

  get trustCookie(): TokenCookie {
    return this.getCookie(trustCookieName);
  }

  private getCookie(nameOf: (secure: boolean) => string): TokenCookie {
    const secure = this.config.secureCookies;
    return tokenCookie(nameOf(secure), this.request, this.reply, secure);
  }

  get reader(): Reader {
    return this.dependencies.database.reader;
  }
  get config(): Config {
    return this.dependencies.config;
  }
  get passwords(): PasswordHashing {
    return this.dependencies.passwords;
  }
  get keys(): KeyRing {
    return this.dependencies.keys;
  }
  get mail(): Mailbox {
    return this.dependencies.mail;
  }
  get rateLimits(): RateLimits {
    return this.dependencies.rateLimits;
  }
  get secondFactors(): readonly SecondFactorMethod[] {
    return this.dependencies.secondFactors;
  }
  get callKeyUses(): CallKeyUses {
    return this.dependencies.callKeyUses;
  }
  get resolveName(): ResolveName {
    return this.dependencies.resolveName;
  }
}

/** The context of a request whose viewer is known. */
export function createViewerContext(
  dependencies: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  { peer, now, deadline, viewer }: { peer: string; now: Date; deadline: number; viewer: Viewer },
): Context {
  const cookie = sessionCookie(dependencies.config, request, reply);
  return new RequestContext(dependencies, request, reply, peer, now, deadline, viewer, cookie);
}

/**
 * Creates the context of a request: finds the viewer with one SQL statement, and opens a unit of work only on demand.
 */
export async function createContext(
  dependencies: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  deadline: number,
): Promise<Context> {
  const { config, database, keys, logger } = dependencies;
  const now = dependencies.clock();
  // Read immediately: once the client disconnects, its address is unknown and limits would not count it.
  const peer = request.ip;
  const cookie = sessionCookie(config, request, reply);
  const viewer = await authenticate(request, cookie, database.reader, keys, now).catch((error: unknown) => {
    if (error instanceof GraphQLError) throw error;
    throw toTopLevelError(error, request, logger);
  });
  const context = new RequestContext(dependencies, request, reply, peer, now, deadline, viewer, cookie);
  if (viewer) recordUse(dependencies, viewer, context);
  return context;
}
