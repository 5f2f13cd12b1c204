import type { SessionDelivery } from '../../rules/viewer.js';

/** The input of login, as typed. */
export interface LoginRequest {
  /** A username or bound address, as typed. */
  readonly login: string;
  readonly password: string;
  readonly rememberMe: boolean;
  readonly delivery: SessionDelivery;
}
