import { useDeferredValue, useMemo } from 'react';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { useMessages } from '../../language/language.js';
import { useStrengthMessages } from './messages.js';

const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

interface StrengthProps {
  readonly password: string;
  /** Words that the password must not be based on. */
  readonly userInputs: readonly string[];
}

/** The strength of a password, with advice. It is estimated in the browser; nothing is sent. */
export default function Strength({ password, userInputs }: StrengthProps) {
  const strength = useStrengthMessages();
  const { punctuation } = useMessages();
  const deferredPassword = useDeferredValue(password);
  const { score, feedback } = useMemo(
    () => estimator.check(deferredPassword, [...userInputs, 'postern']),
    [deferredPassword, userInputs],
  );
  const advice = [
    feedback.warning ? strength.warnings[feedback.warning] : null,
    ...feedback.suggestions.map((key) => strength.suggestions[key]),
  ];
  return (
    <div className="strength">
      <meter min={0} max={5} low={3} high={4} optimum={5} value={score + 1} aria-label={strength.label} />
      <p role="status">
        <strong>{strength.levels[score]}</strong> {advice.filter(Boolean).join(punctuation.betweenSentences)}
      </p>
    </div>
  );
}
