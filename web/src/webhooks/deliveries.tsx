import { useQuery } from 'urql';
import { useAction } from '../api/use-action.js';
import { Button } from '../elements/button.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Loaded } from '../elements/loaded.js';
import { Notice } from '../elements/notice.js';
import { Pager, usePages } from '../elements/pages.js';
import { Section } from '../elements/section.js';
import { Table } from '../elements/table.js';
import type { FormAction } from '../form/form.js';
import { useMessages } from '../language/language.js';
import { useErrorMessage } from '../form/use-error-message.js';
import { DeliveryResultNotice } from './delivery-result-notice.js';
import { useWebhookMessages } from './messages.js';
import { useDeliveryColumns } from './use-delivery-columns.js';
import { useDeliveryResult } from './use-delivery-result.js';
import { RedeliverWebhook, TestWebhook, WebhookDeliveries, type ListedWebhook } from './webhook-documents.js';

/** Deliveries per page. */
const PAGE_SIZE = 20;

const context = { additionalTypenames: ['WebhookDelivery'] };

/** What was sent to a webhook. While the webhook is on, sends a test or a delivery again, and shows the result. */
export function Deliveries({ webhook: { id, status } }: { readonly webhook: ListedWebhook }) {
  const { deliveries: messages } = useWebhookMessages();
  const { lists } = useMessages();
  const pages = usePages(PAGE_SIZE);
  const [result, reexecuteQuery] = useQuery({
    query: WebhookDeliveries,
    variables: { id, ...pages.arguments },
    context,
  });
  const refetch = () => reexecuteQuery({ requestPolicy: 'network-only' });
  const { follow, forget, ...sent } = useDeliveryResult(refetch);
  const test = useAction(TestWebhook);
  const redeliver = useAction(RedeliverWebhook);
  const isBusy = test.isPending || redeliver.isPending || sent.isAwaited;
  const sendTest = async () => {
    redeliver.reset();
    forget();
    const payload = await test.run({ input: { id } });
    if (!payload?.delivery) return;
    pages.goToFirst();
    follow(payload.delivery);
  };
  const sendAgain = async (deliveryId: string) => {
    if (isBusy) return;
    test.reset();
    forget();
    const payload = await redeliver.run({ input: { deliveryId } });
    if (payload?.delivery) follow(payload.delivery);
  };
  const isActive = status === 'ACTIVE';
  const columns = useDeliveryColumns(isActive ? (deliveryId) => void sendAgain(deliveryId) : null);
  return (
    <Section id="deliveries" level={2} title={messages.title} explanation={messages.explanation}>
      <div className="buttons">
        {isActive && (
          <Button isBusy={isBusy} onClick={() => void sendTest()}>
            {messages.sendTest}
          </Button>
        )}
        <Button isBusy={result.fetching || result.stale} onClick={refetch}>
          {lists.refresh}
        </Button>
        {!isActive && <p className="hint">{messages.turnOnFirst}</p>}
      </div>
      <div className="delivery-result">
        <SendingErrors action={test} />
        <SendingErrors action={redeliver} />
        {isActive && <DeliveryResultNotice {...sent} />}
      </div>
      <Loaded result={result} onRetry={refetch}>
        {({ node }) =>
          node?.__typename === 'Webhook' &&
          node.deliveries && (
            <>
              {node.deliveries.edges.length === 0 ? (
                <p className="hint section-start">{messages.none}</p>
              ) : (
                <Table label={messages.table} columns={columns} rows={node.deliveries.edges.map((edge) => edge.node)} />
              )}
              <Pager pages={pages} pageInfo={node.deliveries.pageInfo} label={messages.title} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

/** Why nothing was sent. */
function SendingErrors({ action: { failure, userErrors } }: { readonly action: FormAction }) {
  const toMessage = useErrorMessage();
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      {userErrors.map((error) => (
        <Notice key={error.code} tone="danger">
          {toMessage(error)}
        </Notice>
      ))}
    </>
  );
}
