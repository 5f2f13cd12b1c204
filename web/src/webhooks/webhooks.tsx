import { useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { Tabs } from '../administration/tabs.js';
import { Button } from '../elements/button.js';
import { Loaded } from '../elements/loaded.js';
import { Table } from '../elements/table.js';
import { Page } from '../shell/shell.js';
import { CreateWebhookDialog } from './create-webhook-dialog.js';
import { useWebhookMessages } from './messages.js';
import { useWebhookColumns } from './use-webhook-columns.js';
import { WebhookList } from './webhook-documents.js';

const context = { additionalTypenames: ['Webhook'] };

/** The list of webhooks, for ROOT. There are few, so it has no pages. */
export function Webhooks() {
  const messages = useWebhookMessages();
  const columns = useWebhookColumns();
  const [isCreating, setIsCreating] = useState(false);
  const [result, reexecuteQuery] = useQuery({ query: WebhookList, context });
  const create = (
    <Button tone="main" onClick={() => setIsCreating(true)}>
      {messages.create}
    </Button>
  );
  return (
    <Page title={messages.title} description={messages.description}>
      <Tabs />
      <Loaded result={result} onRetry={() => reexecuteQuery({ requestPolicy: 'network-only' })}>
        {({ webhooks }) =>
          webhooks &&
          (webhooks.length === 0 ? (
            <NoWebhooks>{create}</NoWebhooks>
          ) : (
            <>
              <div className="list-head">{create}</div>
              <Table label={messages.title} columns={columns} rows={webhooks} />
            </>
          ))
        }
      </Loaded>
      {isCreating && <CreateWebhookDialog onClose={() => setIsCreating(false)} />}
    </Page>
  );
}

/** Says what webhooks are for, while there is none. */
function NoWebhooks({ children }: { readonly children: ReactNode }) {
  const { empty } = useWebhookMessages();
  return (
    <section className="card no-keys" aria-labelledby="no-webhooks">
      <h2 id="no-webhooks">{empty.title}</h2>
      <p>{empty.text}</p>
      <ul>
        {empty.uses.map((use) => (
          <li key={use}>{use}</li>
        ))}
      </ul>
      {children}
    </section>
  );
}
