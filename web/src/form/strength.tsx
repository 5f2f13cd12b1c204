import { useDeferredValue, useMemo } from 'react';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { useWords } from '../language/language.js';

const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

interface StrengthProps {
  readonly password: string;
  /** Words that it should not consist of. */
  readonly beside: readonly string[];
}

/**
 * How strong a password is, in a word and as a bar, and what would make it stronger. It is estimated here and sent
 * nowhere.
 */
export default function Strength({ password, beside }: StrengthProps) {
  const { strength } = useWords();
  const settled = useDeferredValue(password);
  const { score, feedback } = useMemo(() => estimator.check(settled, [...beside, 'postern']), [settled, beside]);
  const advice = [
    feedback.warning ? strength.warnings[feedback.warning] : null,
    ...feedback.suggestions.map((key) => strength.suggestions[key]),
  ];
  return (
    <div className="strength">
      <meter min={0} max={5} low={3} high={4} optimum={5} value={score + 1} aria-label={strength.label} />
      <p role="status">
        <strong>{strength.levels[score]}</strong> {advice.filter(Boolean).join(' ')}
      </p>
    </div>
  );
}
