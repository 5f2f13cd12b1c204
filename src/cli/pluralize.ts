/** A count with its noun in the singular or plural: `1 event`, `3 events`. */
export const pluralize = (count: number, noun: string, ending = 's'): string =>
  `${count} ${noun}${count === 1 ? '' : ending}`;
