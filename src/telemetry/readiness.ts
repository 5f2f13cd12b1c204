/** A part of a process without which it can't serve requests. `/readyz` lists them. */
export interface ReadinessPart {
  readonly name: string;
  /**
   * Answers within two seconds.
   *
   * @returns why the part is not well, or null if it is. Anyone can read it, so it contains no address and no value.
   */
  findFault(): Promise<string | null> | string | null;
}

/** Whether a part is well, and if not, why. */
type PartStatus =
  | { readonly name: string; readonly status: 'ok' }
  | { readonly name: string; readonly status: 'unavailable'; readonly reason: string };

/** Asks every part, all at the same time. A part that can't say how it is, is not well. */
export const findPartStatuses = (parts: readonly ReadinessPart[]): Promise<PartStatus[]> =>
  Promise.all(parts.map(findPartStatus));

async function findPartStatus({ name, findFault }: ReadinessPart): Promise<PartStatus> {
  try {
    const reason = await findFault();
    return reason === null ? { name, status: 'ok' } : { name, status: 'unavailable', reason };
  } catch {
    return { name, status: 'unavailable', reason: 'its state is unknown' };
  }
}
