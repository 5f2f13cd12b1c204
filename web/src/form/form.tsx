import { Fragment, useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { Failure } from '../api/failure.js';
import type { UserError } from '../api/use-action.js';
import { Button } from '../elements/button.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Notice } from '../elements/notice.js';
import { useSecondsUntil } from '../elements/use-seconds-until.js';
import { useWords } from '../language/language.js';
import { useErrorText } from './error-text.js';
import { FormContext } from './form-context.js';
import { readForm, type FormValues } from './form-values.js';

/** The state of what a form submits. */
export interface FormAction {
  readonly isPending: boolean;
  readonly userErrors: readonly UserError[];
  readonly failure: Failure | null;
}

interface FormProps {
  readonly action: FormAction;
  /** Submits the form. If the promise resolves to a value, the fields are reset; after an error they keep theirs. */
  readonly onSubmit: (form: FormValues) => Promise<unknown>;
  /** The label of the submit button. */
  readonly submit: string;
  readonly tone?: 'main' | 'plain' | 'danger';
  /** Adds a Cancel button. */
  readonly onCancel?: () => void;
  readonly isDisabled?: boolean;
  readonly children?: ReactNode;
}

/**
 * A form with its fields, errors and submit button. Errors appear at their fields, or above them if they have none.
 * The first invalid field gets the focus. The button is disabled while a rate limit lasts.
 */
export function Form({ action, onSubmit, submit, tone = 'main', onCancel, isDisabled = false, children }: FormProps) {
  const words = useWords();
  const textOf = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [fields, setFields] = useState<readonly string[]>([]);
  /** How often the form succeeded. As the key of the fields, it resets them. */
  const [successes, setSuccesses] = useState(0);
  const { userErrors, failure, isPending } = action;
  const wait = useSecondsUntil(failure?.kind === 'RATE_LIMITED' ? failure.until : null);

  useEffect(() => {
    if (userErrors.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [userErrors]);

  // The field that had the focus may be gone after a reset.
  useEffect(() => {
    if (successes > 0 && document.activeElement === document.body)
      form.current?.querySelector<HTMLElement>('[type="submit"]')?.focus();
  }, [successes]);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending || wait > 0) return;
    const data = new FormData(event.currentTarget);
    setFields([...data.keys()]);
    if (await onSubmit(readForm(data))) setSuccesses((count) => count + 1);
  };
  const general = userErrors.filter(({ field }) => !fields.includes(field?.[0] ?? ''));
  return (
    <form ref={form} className="form" onSubmit={(event) => void send(event)}>
      {general.map((error) => (
        <Notice key={error.code} tone="danger">
          {textOf(error)}
        </Notice>
      ))}
      {failure && <FailureNotice failure={failure} />}
      <FormContext value={userErrors}>
        <Fragment key={successes}>{children}</Fragment>
      </FormContext>
      <div className="form-buttons">
        <Button type="submit" tone={tone} isBusy={isPending} disabled={isDisabled || wait > 0}>
          {submit}
        </Button>
        {onCancel && (
          <Button onClick={onCancel} disabled={isPending}>
            {words.actions.cancel}
          </Button>
        )}
      </div>
    </form>
  );
}
