import { useId, useState } from 'react';
import { useMessages } from '../language/language.js';
import { useFieldErrors } from './form-context.js';
import { useErrorMessage } from './use-error-message.js';

/** Something to choose. */
export interface Choice<Value extends string> {
  readonly value: Value;
  readonly name: string;
  readonly explanation: string;
}

interface CheckboxGroupProps<Value extends string> {
  /** The name of the field; its value is the chosen values, separated by spaces. */
  readonly name: string;
  readonly legend: string;
  /** The choices, in groups with a title if there are several. */
  readonly groups: readonly { readonly title: string | null; readonly choices: readonly Choice<Value>[] }[];
  readonly initial?: readonly Value[];
}

/** The chosen values as the form submits them. */
export const readChosen = <Value extends string>(text: string): Value[] => text.split(' ').filter(Boolean) as Value[];

/** Checkboxes for several values of one field, each with an explanation. */
export function CheckboxGroup<Value extends string>({ name, legend, groups, initial = [] }: CheckboxGroupProps<Value>) {
  const { punctuation } = useMessages();
  const toMessage = useErrorMessage();
  const errors = useFieldErrors(name);
  const id = useId();
  const [chosen, setChosen] = useState<ReadonlySet<Value>>(() => new Set(initial));
  const toggle = (value: Value) => {
    const next = new Set(chosen);
    if (!next.delete(value)) next.add(value);
    setChosen(next);
  };
  return (
    <fieldset className="field scopes">
      <legend>{legend}</legend>
      <input type="hidden" name={name} value={[...chosen].join(' ')} />
      {errors.length > 0 && (
        <p className="error" id={`${id}-error`} role="alert">
          {errors.map(toMessage).join(punctuation.betweenSentences)}
        </p>
      )}
      {groups.map(({ title, choices }, group) => (
        <div key={title ?? ''} className="scope-group">
          {title !== null && <p className="scopes-title">{title}</p>}
          <div className="scope-list">
            {choices.map((choice, index) => (
              <ExplainedCheckbox
                key={choice.value}
                choice={choice}
                isChecked={chosen.has(choice.value)}
                onToggle={() => toggle(choice.value)}
                // Only the first is marked: it gets the focus when none was chosen.
                errorId={group === 0 && index === 0 && errors.length > 0 ? `${id}-error` : null}
              />
            ))}
          </div>
        </div>
      ))}
    </fieldset>
  );
}

interface ExplainedCheckboxProps {
  readonly choice: Choice<string>;
  readonly isChecked: boolean;
  readonly onToggle: () => void;
  /** The ID of the error that concerns it; null if there is none. */
  readonly errorId: string | null;
}

function ExplainedCheckbox({ choice: { name, explanation }, isChecked, onToggle, errorId }: ExplainedCheckboxProps) {
  const id = useId();
  return (
    <div className="scope">
      <label className="check">
        <input
          type="checkbox"
          checked={isChecked}
          onChange={onToggle}
          aria-invalid={errorId !== null}
          aria-describedby={[`${id}-hint`, errorId].filter(Boolean).join(' ')}
        />
        {name}
      </label>
      <p className="hint" id={`${id}-hint`}>
        {explanation}
      </p>
    </div>
  );
}
