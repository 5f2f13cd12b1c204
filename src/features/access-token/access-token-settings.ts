import { z } from 'zod';
import { days, inSeconds } from '../../duration.js';
import {
  credentialMessages,
  credentialName,
  findSettingErrors,
  ipRanges,
  parseSettings,
} from '../../rules/credential-settings.js';
import { invalidValue, userError, type UserError } from '../../rules/refuse.js';
import { isAdministrator, type Role } from '../../rules/role.js';
import { isAdminScope, type TokenScope } from '../../rules/token-scope.js';
import type { UserErrorMessage } from '../../rules/user-error-messages.js';

/** The lifetime of a token whose creator chose none. */
const DEFAULT_LIFETIME_MS = days(30);

const settingsSchema = z.object({ name: credentialName, allowedIps: ipRanges }).partial();

/** Name and addresses in canonical form; fields that were not given are absent. */
export type AccessTokenSettings = z.output<typeof settingsSchema>;

/** The settings as submitted. */
export type SubmittedAccessTokenSettings = { readonly [Field in keyof AccessTokenSettings]?: unknown };

/** Validates name and addresses. @throws {RefusedError} with INVALID_VALUE for each invalid field */
export const parseAccessTokenSettings = (submitted: SubmittedAccessTokenSettings): AccessTokenSettings =>
  parseSettings(settingsSchema, submitted, credentialMessages);

/** The errors of name and addresses. */
export const findAccessTokenErrors = (submitted: SubmittedAccessTokenSettings): UserError[] =>
  findSettingErrors(settingsSchema, submitted, credentialMessages);

/** The error of scopes that are missing or repeated, or that the role doesn't have. */
export function validateScopes(scopes: readonly TokenScope[], role: Role): UserError[] {
  const isAllowed =
    scopes.length > 0 &&
    new Set(scopes).size === scopes.length &&
    (isAdministrator(role) || !scopes.some(isAdminScope));
  return isAllowed ? [] : [userError('SCOPE_NOT_ALLOWED', 'scopes')];
}

/** The end of a token, and its lifetime, which a rotation repeats. */
export interface AccessTokenLifetime {
  readonly expiresAt: Date;
  readonly lifetimeSeconds: number;
}

const endOutOfRange = (maximumDays: number): UserErrorMessage => ({
  EN: `Choose a date within the next ${maximumDays} days.`,
  ZH: `请选择未来 ${maximumDays} 天内的时间。`,
  details: { limit: maximumDays },
});

/** The error of an end that is in the past or beyond the maximum. */
export function validateEnd(now: Date, maximumDays: number, expiresAt: Date | null): UserError[] {
  const latest = new Date(now.getTime() + days(maximumDays));
  const isValid = expiresAt === null || (expiresAt > now && expiresAt <= latest);
  return isValid ? [] : [invalidValue(endOutOfRange(maximumDays), 'expiresAt')];
}

/**
 * The lifetime of a new or rotated token.
 *
 * @param expiresAt a valid end; null for the default lifetime
 */
export function getLifetime(
  now: Date,
  maximumDays: number,
  expiresAt: Date | null,
  defaultMs = DEFAULT_LIFETIME_MS,
): AccessTokenLifetime {
  const lifetimeMs = expiresAt ? expiresAt.getTime() - now.getTime() : Math.min(defaultMs, days(maximumDays));
  return { expiresAt: new Date(now.getTime() + lifetimeMs), lifetimeSeconds: Math.ceil(inSeconds(lifetimeMs)) };
}
