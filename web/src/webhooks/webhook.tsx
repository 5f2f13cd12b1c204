import { useQuery } from 'urql';
import { Link } from 'wouter';
import { Loaded } from '../elements/loaded.js';
import { Notice } from '../elements/notice.js';
import { Page } from '../shell/shell.js';
import { Deliveries } from './deliveries.js';
import { useWebhookMessages } from './messages.js';
import { nameOf, WebhookDetails } from './webhook-documents.js';
import { WebhookSection } from './webhook-section.js';

const context = { additionalTypenames: ['Webhook'] };

/** A webhook with its settings and its deliveries, for ROOT. */
export function Webhook({ id }: { readonly id: string }) {
  const { view, title } = useWebhookMessages();
  const [result, reexecuteQuery] = useQuery({ query: WebhookDetails, variables: { id }, context });
  const node = result.data?.node;
  return (
    <Page
      title={node?.__typename === 'Webhook' ? nameOf(node) : title}
      back={<Link href="/administration/webhooks">← {view.back}</Link>}
    >
      <Loaded result={result} onRetry={() => reexecuteQuery({ requestPolicy: 'network-only' })}>
        {({ node: webhook }) => {
          if (webhook?.__typename !== 'Webhook')
            return result.error ? null : <Notice tone="warning">{view.unknown}</Notice>;
          return (
            <div className="sections">
              <WebhookSection webhook={webhook} />
              <Deliveries webhook={webhook} />
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}
