/** A task of the Profile view that has a dialog. */
export type Task = 'DISABLE_TWO_FACTOR' | 'NEW_BACKUP_CODES' | 'RESET_API_TOKEN';

/** The open dialog, if any. Every section can open one. */
export interface Tasks {
  readonly current: Task | null;
  readonly start: (task: Task) => void;
  readonly end: () => void;
}
