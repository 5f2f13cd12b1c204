import type { Failure } from '../api/failure.js';
import { useWords } from '../language/language.js';
import { Button } from './button.js';
import { Notice } from './notice.js';
import { useSecondsUntil } from './use-seconds-until.js';

interface FailureNoticeProps {
  readonly failure: Failure;
  /** Adds a retry button. */
  readonly onRetry?: () => void;
}

/** Explains a failure and what to do about it. */
export function FailureNotice({ failure, onRetry }: FailureNoticeProps) {
  const { states, actions } = useWords();
  const wait = useSecondsUntil(failure.kind === 'RATE_LIMITED' ? failure.until : null);
  const retry = onRetry && (
    <Button onClick={onRetry} disabled={wait > 0}>
      {actions.retry}
    </Button>
  );
  switch (failure.kind) {
    case 'RATE_LIMITED':
      return (
        <Notice tone="warning">
          <p>
            {states.rateLimited} <span aria-live="off">{wait > 0 ? states.wait(wait) : states.waitOver}</span>
          </p>
          {retry}
        </Notice>
      );
    case 'NO_NETWORK':
      return (
        <Notice tone="warning">
          <p>{states.noNetwork}</p>
          {retry}
        </Notice>
      );
    case 'SESSION_ENDED':
      return (
        <Notice tone="warning">
          <p>{states.sessionEnded}</p>
        </Notice>
      );
    case 'TWO_FACTOR_REQUIRED':
      return (
        <Notice tone="warning">
          <p>
            {states.twoFactorRequired} <a href="/profile#two-factor">{states.toProfile}</a>
          </p>
        </Notice>
      );
    case 'FORBIDDEN':
    case 'STEP_UP_REQUIRED':
      return (
        <Notice tone="danger">
          <p>{states.forbidden}</p>
        </Notice>
      );
    case 'FAULT':
      return (
        <Notice tone="danger">
          <p>
            {states.fault}
            {failure.requestId && (
              <>
                {' '}
                {states.requestId}: <code>{failure.requestId}</code>
              </>
            )}
          </p>
          {retry}
        </Notice>
      );
  }
}
