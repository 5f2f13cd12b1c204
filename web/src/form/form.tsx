import { Fragment, useEffect, useLayoutEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { getRetryTime, type Failure } from '../api/failure.js';
import type { UserError } from '../api/use-action.js';
import { Button } from '../elements/button.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Notice } from '../elements/notice.js';
import { useSecondsUntil } from '../elements/use-seconds-until.js';
import type { Messages } from '../language/en.js';
import { useMessages } from '../language/language.js';
import { useErrorMessage } from './use-error-message.js';
import { FormContext } from './form-context.js';
import { readForm, type FormValues } from './form-values.js';

/** The state of the action that a form submits. */
export interface FormAction {
  readonly isPending: boolean;
  readonly userErrors: readonly UserError[];
  readonly failure: Failure | null;
  /** A note about the latest try that is no error, e.g. that the user canceled it. */
  readonly notice?: string | null;
}

interface FormProps {
  readonly action: FormAction;
  /** Runs the action. If it resolves to a truthy value, the fields are reset; otherwise they keep their values. */
  readonly onSubmit: (form: FormValues) => Promise<unknown>;
  /** The label of the submit button. */
  readonly submitLabel: string;
  readonly submitIcon?: ReactNode;
  readonly tone?: 'main' | 'plain' | 'danger';
  /** Adds a Cancel button. */
  readonly onCancel?: () => void;
  readonly isDisabled?: boolean;
  readonly children?: ReactNode;
}

/** Explains an invalid field in the user's language; browsers use their own. */
function explainInvalid(input: HTMLInputElement, messages: Messages['fields']): void {
  input.setCustomValidity('');
  const { badInput, valueMissing, patternMismatch } = input.validity;
  if (badInput) input.setCustomValidity(messages.incompleteTime);
  else if (valueMissing) input.setCustomValidity(messages.missing);
  else if (patternMismatch) input.setCustomValidity(input.dataset['patternMessage'] ?? '');
}

/**
 * A form with its fields, errors and submit button. Errors are shown at their fields, or above the form if they have
 * none. The first invalid field gets the focus. While the server asks to wait, the button is disabled.
 */
export function Form({
  action,
  onSubmit,
  submitLabel,
  submitIcon,
  tone = 'main',
  onCancel,
  isDisabled = false,
  children,
}: FormProps) {
  const messages = useMessages();
  const toMessage = useErrorMessage();
  const form = useRef<HTMLFormElement>(null);
  const [fieldNames, setFieldNames] = useState<readonly string[]>([]);
  /** The number of successful submissions. It is the key of the fields, to reset them. */
  const [successCount, setSuccessCount] = useState(0);
  const { userErrors, failure, isPending, notice } = action;
  const secondsLeft = useSecondsUntil(getRetryTime(failure));

  useEffect(() => {
    if (userErrors.length === 0) return;
    const invalid = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    invalid?.focus();
    // A code is typed from its start, and its field is full.
    if (invalid?.matches('[autocomplete="one-time-code"]')) (invalid as HTMLInputElement).select();
    // The error is below its field, which may be at the edge of the window.
    invalid?.closest('.field')?.scrollIntoView({ block: 'nearest' });
  }, [userErrors]);

  // After a reset, the focus is lost if it was in a field.
  useLayoutEffect(() => {
    if (successCount > 0 && document.activeElement === document.body)
      form.current?.querySelector<HTMLElement>('[type="submit"]')?.focus();
  }, [successCount]);

  const handleSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending || isDisabled || secondsLeft > 0) return;
    const data = new FormData(event.currentTarget);
    setFieldNames([...data.keys()]);
    if (await onSubmit(readForm(data))) setSuccessCount((count) => count + 1);
  };
  const formErrors = userErrors.filter(({ field }) => !fieldNames.includes(field?.[0] ?? ''));
  return (
    <form
      ref={form}
      className="form"
      onSubmit={(event) => void handleSubmit(event)}
      onInvalidCapture={({ target }) => explainInvalid(target as HTMLInputElement, messages.fields)}
      onInputCapture={({ target }) => (target as HTMLInputElement).setCustomValidity('')}
    >
      {formErrors.map((error) => (
        <Notice key={error.code} tone="danger">
          {toMessage(error)}
        </Notice>
      ))}
      {failure && <FailureNotice failure={failure} />}
      {notice && <Notice tone="info">{notice}</Notice>}
      <FormContext value={userErrors}>
        <Fragment key={successCount}>{children}</Fragment>
      </FormContext>
      <div className="form-buttons">
        <Button type="submit" tone={tone} isBusy={isPending} disabled={isDisabled || secondsLeft > 0}>
          {submitIcon}
          {submitLabel}
        </Button>
        {onCancel && (
          <Button onClick={onCancel} disabled={isPending}>
            {messages.actions.cancel}
          </Button>
        )}
      </div>
    </form>
  );
}
