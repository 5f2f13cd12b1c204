import type { SessionDelivery } from '../../rules/viewer.js';

/** What a person asks for at sign-in. */
export interface LoginRequest {
  /** The username, in whatever form it was typed. */
  readonly login: string;
  readonly password: string;
  readonly rememberMe: boolean;
  readonly delivery: SessionDelivery;
}
