/** The dialogs of the Profile view that several sections can open. */
export type ProfileDialog = 'DISABLE_TWO_FACTOR' | 'NEW_BACKUP_CODES' | 'RESET_API_TOKEN';

/** The open dialog, and functions to open and close one. */
export interface ProfileDialogs {
  readonly current: ProfileDialog | null;
  readonly open: (dialog: ProfileDialog) => void;
  readonly close: () => void;
}
