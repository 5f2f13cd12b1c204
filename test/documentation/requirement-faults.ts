/** What is wrong between the requirements and the tests, in words; nothing when every requirement is accounted for. */
export function requirementFaults(requirements: string, titles: readonly string[]): string[] {
  const [statements = '', later] = requirements.split(/^## Not yet$/m);
  if (later === undefined) return ['the section "Not yet" is missing'];
  const known = new Set([...statements.matchAll(/^\*\*R-(\d+)\*\*/gm)].map(([, number]) => Number(number)));
  const tested = new Set(
    titles.flatMap((title) => [...title.matchAll(/\bR-(\d+)\b/g)]).map(([, number]) => Number(number)),
  );
  const postponed = new Map(
    [...later.matchAll(/^- R-(\d+): (.*)$/gm)].map(([, number, text]) => [Number(number), text ?? '']),
  );
  const lines = later.split('\n').filter((line) => line.startsWith('- '));
  return [
    ...[...known]
      .filter((number) => !tested.has(number) && !postponed.has(number))
      .map((number) => `R-${number} has neither a test nor a line in "Not yet"`),
    ...[...known]
      .filter(
        (number) => tested.has(number) && postponed.has(number) && !/\bin part\b/.test(postponed.get(number) ?? ''),
      )
      .map(
        (number) =>
          `R-${number} has a test and stands in "Not yet" too; its line has to go, or to say what is left and "in part"`,
      ),
    ...[...known]
      .filter((number) => !tested.has(number) && /\bin part\b/.test(postponed.get(number) ?? ''))
      .map((number) => `R-${number} is proven "in part" by no test`),
    ...[...tested]
      .filter((number) => !known.has(number))
      .map((number) => `a test proves R-${number}, which does not exist`),
    ...[...postponed.keys()]
      .filter((number) => !known.has(number))
      .map((number) => `"Not yet" has R-${number}, which does not exist`),
    ...(lines.length === postponed.size ? [] : ['"Not yet" has a line twice, or one that is not "- R-n: why"']),
  ];
}
