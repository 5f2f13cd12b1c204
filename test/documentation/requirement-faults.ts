/** What is wrong between the requirements and the tests; empty if every requirement is accounted for. */
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
  const isInPart = (number: number) => /\bin part\b/.test(postponed.get(number) ?? '');
  return [
    ...[...known]
      .filter((number) => !tested.has(number) && !postponed.has(number))
      .map((number) => `R-${number} has neither a test nor a line in "Not yet"`),
    ...[...known]
      .filter((number) => tested.has(number) && postponed.has(number) && !isInPart(number))
      .map(
        (number) => `R-${number} has a test and a line in "Not yet", which must go or say what is missing "in part"`,
      ),
    ...[...known]
      .filter((number) => !tested.has(number) && isInPart(number))
      .map((number) => `R-${number} is listed "in part", but has no test`),
    ...[...tested]
      .filter((number) => !known.has(number))
      .map((number) => `a test cites R-${number}, which does not exist`),
    ...[...postponed.keys()]
      .filter((number) => !known.has(number))
      .map((number) => `"Not yet" lists R-${number}, which does not exist`),
    ...(lines.length === postponed.size ? [] : ['"Not yet" has a duplicate line, or one that is not "- R-n: why"']),
  ];
}
