import { getRetryTime, type Failure } from '../api/failure.js';
import { useMessages } from '../language/language.js';
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
  const { states, actions, punctuation } = useMessages();
  const secondsLeft = useSecondsUntil(getRetryTime(failure));
  const retry = onRetry && (
    <Button onClick={onRetry} disabled={secondsLeft > 0}>
      {actions.retry}
    </Button>
  );
  switch (failure.kind) {
    case 'RATE_LIMITED':
    case 'SERVICE_UNAVAILABLE':
      return (
        <Notice tone="warning">
          <p>
            {failure.kind === 'RATE_LIMITED' ? states.rateLimited : states.busy}
            {punctuation.betweenSentences}
            <span aria-live="off">{secondsLeft > 0 ? states.retryIn(secondsLeft) : states.canRetry}</span>
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
    case 'WRONG_ADDRESS':
      return (
        <Notice tone="warning">
          <p>
            {states.wrongAddress}
            {punctuation.betweenSentences}
            <a href={failure.address}>{failure.address}</a>
          </p>
        </Notice>
      );
    case 'SESSION_ENDED':
      return <Notice tone="warning">{states.sessionEnded}</Notice>;
    case 'TWO_FACTOR_REQUIRED':
      return (
        <Notice tone="warning">
          <p>
            {states.twoFactorRequired}
            {punctuation.betweenSentences}
            <a href="/profile#two-factor">{states.goToProfile}</a>
          </p>
        </Notice>
      );
    case 'FORBIDDEN':
    case 'STEP_UP_REQUIRED':
      return <Notice tone="danger">{states.forbidden}</Notice>;
    case 'FAULT':
      return (
        <Notice tone="danger">
          <p>
            {states.unexpectedError}
            {failure.requestId && (
              <>
                {punctuation.betweenSentences}
                {punctuation.labeled(states.requestId, '')}
                <code>{failure.requestId}</code>
              </>
            )}
          </p>
          {retry}
        </Notice>
      );
  }
}
