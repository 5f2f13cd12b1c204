import { useQuery } from 'urql';
import { Link } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Loaded } from '../elements/loaded.js';
import { Notice } from '../elements/notice.js';
import { Section } from '../elements/section.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import type { FormValues } from '../form/form-values.js';
import { useKeysMessages } from './messages.js';

const MyUsageWarnings = graphql(`
  query MyUsageWarnings {
    me { id email usageWarnings }
  }
`);

const SetUsageWarnings = graphql(`
  mutation SetUsageWarnings($input: SetUsageWarningsInput!) {
    setUsageWarnings(input: $input) { user { id usageWarnings } userErrors { code field message } }
  }
`);

/** The percentages of quotas at which the user is warned by email. */
export function UsageWarnings() {
  const { warnings: messages } = useKeysMessages();
  const [result, reexecuteQuery] = useQuery({ query: MyUsageWarnings });
  return (
    <Section id="usage-warnings" level={2} title={messages.title} explanation={messages.explanation}>
      <Loaded result={result} onRetry={() => reexecuteQuery({ requestPolicy: 'network-only' })}>
        {({ me }) =>
          me && (
            <>
              {me.email === null && <NoEmail />}
              <WarningsForm percentages={me.usageWarnings ?? []} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function NoEmail() {
  const { warnings: messages } = useKeysMessages();
  return (
    <div className="no-email">
      <Notice tone="info">
        <p>{messages.noEmail}</p>
        <Link href="/profile#email">{messages.bindEmail}</Link>
      </Notice>
    </div>
  );
}

function WarningsForm({ percentages }: { readonly percentages: readonly number[] }) {
  const { warnings: messages } = useKeysMessages();
  const announce = useAnnounce();
  const save = useAction(SetUsageWarnings);
  const submit = async (values: FormValues) => {
    const numbers = values.text('percentages').match(/\d+/g) ?? [];
    if (await save.run({ input: { percentages: numbers.map(Number) } })) announce(messages.done);
  };
  return (
    <Form action={save} onSubmit={submit} submitLabel={messages.submit} tone="plain">
      <Field
        name="percentages"
        label={messages.percentages}
        hint={messages.hint}
        required={false}
        pattern="[0-9]{0,3}(?:[%\s,，、]+[0-9]{1,3})*[%\s]*"
        patternMessage={messages.format}
        defaultValue={percentages.join(', ')}
        autoComplete="off"
      />
    </Form>
  );
}
