import { Fragment, useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { Failure } from '../api/failure.js';
import type { Refusal } from '../api/use-action.js';
import { Button } from '../elements/button.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Notice } from '../elements/notice.js';
import { useSecondsUntil } from '../elements/use-seconds-until.js';
import { useWords } from '../language/language.js';
import { FormContext } from './form-context.js';
import { useRefusalText } from './refusal-text.js';
import { typedInto, type Typed } from './typed.js';

/** What a form does, and how that went. */
export interface FormAction {
  readonly isUnderWay: boolean;
  readonly refusals: readonly Refusal[];
  readonly failure: Failure | null;
}

interface FormProps {
  readonly action: FormAction;
  /** Does it; the fields are made anew where that resolves to something. What was refused stays as it was typed. */
  readonly onSubmit: (form: Typed) => Promise<unknown>;
  /** What the button says. */
  readonly submit: string;
  readonly tone?: 'main' | 'plain' | 'danger';
  /** Where it can be called off. */
  readonly onCancel?: () => void;
  readonly isDisabled?: boolean;
  readonly children?: ReactNode;
}

/**
 * A form: its fields, what was refused (at the fields at fault, and above them what no field is at fault for), and its
 * button, which waits as long as a limit asks for. The first field at fault gets the focus.
 */
export function Form({ action, onSubmit, submit, tone = 'main', onCancel, isDisabled = false, children }: FormProps) {
  const words = useWords();
  const inWords = useRefusalText();
  const form = useRef<HTMLFormElement>(null);
  const [fields, setFields] = useState<readonly string[]>([]);
  /** How often it was done: what the fields know of what was typed goes with them. */
  const [timesDone, setTimesDone] = useState(0);
  const { refusals, failure, isUnderWay } = action;
  const wait = useSecondsUntil(failure?.kind === 'RATE_LIMITED' ? failure.until : null);

  useEffect(() => {
    if (refusals.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);

  // Who pressed Enter in a field that is gone goes on from the button.
  useEffect(() => {
    if (timesDone > 0 && document.activeElement === document.body)
      form.current?.querySelector<HTMLElement>('[type="submit"]')?.focus();
  }, [timesDone]);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isUnderWay || wait > 0) return;
    const data = new FormData(event.currentTarget);
    setFields([...data.keys()]);
    if (await onSubmit(typedInto(data))) setTimesDone((times) => times + 1);
  };
  const general = refusals.filter(({ field }) => !fields.includes(field?.[0] ?? ''));
  return (
    <form ref={form} className="form" onSubmit={(event) => void send(event)}>
      {general.map((refusal) => (
        <Notice key={refusal.code} tone="danger">
          {inWords(refusal)}
        </Notice>
      ))}
      {failure && <FailureNotice failure={failure} />}
      <FormContext value={refusals}>
        <Fragment key={timesDone}>{children}</Fragment>
      </FormContext>
      <div className="form-buttons">
        <Button type="submit" look={tone} isBusy={isUnderWay} disabled={isDisabled || wait > 0}>
          {submit}
        </Button>
        {onCancel && (
          <Button onClick={onCancel} disabled={isUnderWay}>
            {words.actions.cancel}
          </Button>
        )}
      </div>
    </form>
  );
}
