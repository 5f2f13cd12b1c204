import { getRetryTime } from '../api/failure.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Notice } from '../elements/notice.js';
import { useSecondsUntil } from '../elements/use-seconds-until.js';
import { useMessages } from '../language/language.js';
import { useExportMessages } from './messages.js';
import type { Export } from './use-export.js';

/** Explains why an export was not downloaded. */
export function ExportFailure({ failure }: Pick<Export, 'failure'>) {
  const messages = useExportMessages();
  if (failure === null) return null;
  if (failure === 'INCOMPLETE') return <Notice tone="warning">{messages.incomplete}</Notice>;
  return failure.kind === 'RATE_LIMITED' ? <Limited failure={failure} /> : <FailureNotice failure={failure} />;
}

function Limited({ failure }: { readonly failure: Parameters<typeof getRetryTime>[0] }) {
  const messages = useExportMessages();
  const { states, punctuation } = useMessages();
  const secondsLeft = useSecondsUntil(getRetryTime(failure));
  return (
    <Notice tone="warning">
      <p>
        {messages.limited}
        {punctuation.betweenSentences}
        <span aria-live="off">{secondsLeft > 0 ? states.retryIn(secondsLeft) : states.canRetry}</span>
      </p>
    </Notice>
  );
}
