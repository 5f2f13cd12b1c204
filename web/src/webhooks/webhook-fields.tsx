import { useState } from 'react';
import type { UserError } from '../api/use-action.js';
import { readChosen } from '../form/checkbox-group.js';
import { Field } from '../form/field.js';
import type { FormValues } from '../form/form-values.js';
import type { SecurityEventType } from '../generated/graphql.js';
import { EventTypesField, TYPES_FIELD } from './event-types-field.js';
import { useWebhookMessages } from './messages.js';
import type { ListedWebhook } from './webhook-documents.js';

/** The server's limits (in characters). */
const [MAX_URL_LENGTH, MAX_DESCRIPTION_LENGTH] = [2_048, 200];

/** What a form sets about a webhook. */
type WebhookSettings = Pick<ListedWebhook, 'url' | 'description' | 'eventTypes'>;

const noSettings: WebhookSettings = { url: '', description: '', eventTypes: [] };

/** The fields of a webhook. */
export function WebhookFields({ settings = noSettings }: { readonly settings?: WebhookSettings }) {
  const { form } = useWebhookMessages();
  return (
    <>
      <Field
        name="url"
        label={form.url}
        hint={form.urlHint}
        maxLength={MAX_URL_LENGTH}
        defaultValue={settings.url}
        placeholder="https://"
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
      />
      <Field
        name="description"
        label={form.description}
        hint={form.descriptionHint}
        maxLength={MAX_DESCRIPTION_LENGTH}
        defaultValue={settings.description}
        required={false}
        autoComplete="off"
      />
      <EventTypesField initial={settings.eventTypes} />
    </>
  );
}

/** The settings of a submitted form. No event types means all. */
const readSettings = (form: FormValues): WebhookSettings => ({
  url: form.text('url').trim(),
  description: form.text('description'),
  eventTypes: readChosen<SecurityEventType>(form.text(TYPES_FIELD)),
});

/** A choice without types would mean all events to the server, which is not what the form shows. */
const noTypesErrors: readonly UserError[] = [{ code: 'INVALID_VALUE', field: [TYPES_FIELD], message: '' }];
const noErrors: readonly UserError[] = [];

/** Submits a form of webhook fields, unless a choice of event types is empty. */
export function useWebhookForm(userErrors: readonly UserError[], save: (settings: WebhookSettings) => Promise<void>) {
  const [ownErrors, setOwnErrors] = useState(noErrors);
  const submit = async (form: FormValues) => {
    const settings = readSettings(form);
    const hasNoTypes = form.has(TYPES_FIELD) && settings.eventTypes.length === 0;
    // A new array each time, so that the form moves the focus to the error again.
    setOwnErrors(hasNoTypes ? [...noTypesErrors] : noErrors);
    if (!hasNoTypes) await save(settings);
  };
  return { userErrors: ownErrors.length > 0 ? ownErrors : userErrors, submit };
}
