/** What is done in a dialog of the Profile page. */
export type Task = 'DISABLE_TWO_FACTOR' | 'NEW_BACKUP_CODES' | 'RESET_API_TOKEN';

/** The dialog that is open, if one is; any part of the page may open one. */
export interface Tasks {
  readonly current: Task | null;
  readonly start: (task: Task) => void;
  readonly end: () => void;
}
