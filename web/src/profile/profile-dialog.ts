import { useState } from 'react';
import { useStepUp } from '../session/step-up.js';
import type { ProfileData } from './my-profile.js';

/** The dialogs of the Profile view that several sections can open. */
export type ProfileDialog = 'DISABLE_TWO_FACTOR' | 'NEW_BACKUP_CODES' | 'RESET_API_TOKEN';

/** The open dialog, and functions to open and close one. */
export interface ProfileDialogs {
  readonly current: ProfileDialog | null;
  readonly open: (dialog: ProfileDialog) => void;
  readonly close: () => void;
}

/** The dialogs that ask for a second factor themselves. */
const asksForFactor: ReadonlySet<ProfileDialog> = new Set(['DISABLE_TWO_FACTOR', 'NEW_BACKUP_CODES']);

/**
 * The dialogs of the Profile view. In a session that skipped the second factor, the server asks to confirm the identity
 * before anything else. That comes before a dialog that asks for a code: it would consume the one entered there.
 */
export function useProfileDialogs({
  twoFactor,
  sessions,
}: Pick<ProfileData, 'twoFactor' | 'sessions'>): ProfileDialogs {
  const { confirmIdentity, hasConfirmed } = useStepUp();
  const [current, setCurrent] = useState<ProfileDialog | null>(null);
  // A confirmation with a backup code adds no factor to the session, but is remembered until the page is reloaded.
  const factors = sessions?.find((session) => session.current)?.factors ?? [];
  const hasSkippedFactor =
    twoFactor?.enabled === true && !hasConfirmed && factors.every((factor) => factor === 'PASSWORD');
  const open = async (dialog: ProfileDialog) => {
    if (hasSkippedFactor && asksForFactor.has(dialog) && !(await confirmIdentity())) return;
    setCurrent(dialog);
  };
  return { current, open: (dialog) => void open(dialog), close: () => setCurrent(null) };
}
