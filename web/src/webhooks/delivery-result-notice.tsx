import { Notice } from '../elements/notice.js';
import { useMessages } from '../language/language.js';
import { useWebhookMessages } from './messages.js';
import type { DeliveryResultState, DeliveryState } from './use-delivery-result.js';

/** Says whether a delivery that was just requested has reached its receiver. */
export function DeliveryResultNotice({ latest, isAwaited }: Pick<DeliveryResultState, 'latest' | 'isAwaited'>) {
  const { sent } = useWebhookMessages();
  if (!latest) return null;
  if (isAwaited) return <Notice tone="info">{sent.sending}</Notice>;
  if (latest.status === 'DELIVERED' && latest.responseStatus !== null)
    return <Notice tone="good">{sent.delivered(latest.responseStatus)}</Notice>;
  return (
    <Notice tone="warning">
      <FailureText {...latest} />
    </Notice>
  );
}

function FailureText({ status, responseStatus }: DeliveryState) {
  const { sent } = useWebhookMessages();
  const { punctuation } = useMessages();
  const reason = responseStatus === null ? sent.noAnswer : sent.refused(responseStatus);
  return status === 'PENDING' ? [reason, sent.retried].join(punctuation.betweenSentences) : reason;
}
