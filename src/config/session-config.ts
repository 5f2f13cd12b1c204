import { days, hours, inSeconds, minutes } from '../duration.js';
import type { Settings } from './settings.js';

/** How long sessions last, by kind, and how many a user may have. */
export function toSessionConfig(values: Settings) {
  return {
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
  };
}
