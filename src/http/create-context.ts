import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { RateLimits } from '../attempt/rate-limits.js';
import type { Config } from '../config.js';
import type { KeyRing } from '../crypto/key-ring.js';
import type { PasswordHashing } from '../crypto/password-hash.js';
import { fork, type Database, type EntityManager } from '../database/database.js';
import { callerOf } from './caller.js';
import { identify } from './credential.js';
import { preferredLocale } from './locale.js';
import { noteUse } from './note-use.js';
import { deviceCookieName, sessionCookieName, tokenCookie } from './token-cookie.js';
import type { Logger } from '../logger.js';
import type { CallKeyUses } from '../call-key/call-key-uses.js';
import type { Mailbox } from '../mail/mailbox.js';
import type { BackgroundWork } from '../background-work.js';
import type { Context } from '../graphql/context.js';
import { topLevelError } from '../graphql/errors.js';

/** What a process works with, made once at start. */
export interface Instruments {
  readonly config: Config;
  readonly database: Database;
  readonly passwords: PasswordHashing;
  readonly keys: KeyRing;
  readonly mail: Mailbox;
  readonly callKeyUses: CallKeyUses;
  readonly rateLimits: RateLimits;
  readonly logger: Logger;
  readonly background: BackgroundWork;
  /** The clock of the server; tests hand in their own. */
  readonly clock: () => Date;
}

/**
 * Opens a request's unit of work when it is first asked for. A class, because Apollo copies the context of each
 * request, and copying calls every getter that stands in the object itself.
 */
class WorkOnDemand {
  private opened?: EntityManager;

  constructor(private readonly database: Database) {}

  get em(): EntityManager {
    return this.opened ??= fork(this.database);
  }
}

/** Makes the context of a request: finds the viewer with one SQL statement, and opens a unit of work only when one is asked for. */
export async function createContext(instruments: Instruments, request: FastifyRequest, reply: FastifyReply): Promise<Context> {
  const { config, database, passwords, keys, mail, rateLimits, callKeyUses, logger } = instruments;
  const now = instruments.clock();
  const secure = config.secureCookies;
  const cookie = tokenCookie(sessionCookieName(secure), request, reply, secure);
  const viewer = await identify(request, cookie, database.reader, keys, now).catch((error: unknown) => {
    if (error instanceof GraphQLError) throw error;
    logger.error({ err: error, requestId: request.id }, 'the viewer could not be read');
    throw topLevelError('INTERNAL_SERVER_ERROR', { status: 500, requestId: request.id });
  });
  const caller = callerOf(request);
  if (viewer) noteUse(instruments, viewer, caller, now);
  return Object.assign(new WorkOnDemand(database), {
    viewer, cookie, now, passwords, keys, mail, rateLimits, callKeyUses, config, reader: database.reader,
    deviceCookie: tokenCookie(deviceCookieName(secure), request, reply, secure),
    caller,
    locale: preferredLocale(request.headers['accept-language']),
  });
}
