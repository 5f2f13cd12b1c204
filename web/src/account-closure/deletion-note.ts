/** A deletion that the user has just asked for on this page. */
export interface DeletionNote {
  /** When the account is erased (ISO 8601). */
  readonly erasedAt: string;
  /** The address that the link to restore it was mailed to; null if there is none. */
  readonly email: string | null;
}

/** Kept in memory only: nothing of a deleted account stays in the browser. */
let note: DeletionNote | null = null;

/** Notes the deletion, for the view that the signed-out user sees next. */
export function noteDeletion(deletion: DeletionNote): void {
  note = deletion;
}

/** The deletion that was asked for on this page; null if there is none. */
export const getDeletion = (): DeletionNote | null => note;
