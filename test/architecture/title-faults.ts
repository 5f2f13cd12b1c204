/** The longest title of a test, its reference included (in characters). */
const MAXIMUM_LENGTH = 100;

/** What keeps the titles of a test file from reading as a specification. */
export const titleFaults = (titles: readonly string[]): string[] =>
  titles.flatMap((title, index) => [
    ...(title.length > MAXIMUM_LENGTH ? [`too long: ${title}`] : []),
    ...(titles.indexOf(title) < index ? [`used twice: ${title}`] : []),
    ...(title.endsWith('.') ? [`ends with a period: ${title}`] : []),
    ...(/^(?:and|but|or|so|then) /.test(title) ? [`begins with a conjunction: ${title}`] : []),
  ]);
