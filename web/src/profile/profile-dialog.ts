/** A task of the Profile view that has a dialog. */
export type ProfileDialog = 'DISABLE_TWO_FACTOR' | 'NEW_BACKUP_CODES' | 'RESET_API_TOKEN';

/** The open dialog, if any. Every section can open one. */
export interface ProfileDialogs {
  readonly current: ProfileDialog | null;
  readonly open: (dialog: ProfileDialog) => void;
  readonly close: () => void;
}
