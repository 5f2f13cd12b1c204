import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useMessages } from '../language/language.js';
import { Button } from './button.js';
import type { Filters } from './use-filters.js';

/** How long after the last keystroke a text filter applies (in ms). */
const DEBOUNCE_MS = 350;

interface FilterBarProps {
  /** The name of the filters for screen readers. */
  readonly label: string;
  readonly filters: Pick<Filters<string>, 'isActive' | 'clear' | 'resetKey'>;
  readonly children: ReactNode;
}

/** The filters of a list, with a button that clears them. */
export function FilterBar({ label, filters: { isActive, clear, resetKey }, children }: FilterBarProps) {
  const { lists } = useMessages();
  return (
    <search className="filters" aria-label={label}>
      <div className="filter-fields" key={resetKey}>
        {children}
      </div>
      {isActive && (
        <Button className="small" onClick={clear}>
          {lists.clear}
        </Button>
      )}
    </search>
  );
}

interface TextFilterProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly type?: 'search' | 'date';
  readonly maxLength?: number;
}

/** A text filter that applies when the user stops typing. It follows the URL unless it has the focus. */
export function TextFilter({ label, value, onChange, hint, type = 'search', maxLength }: TextFilterProps) {
  const id = useId();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (input.current && input.current !== document.activeElement) input.current.value = value;
  }, [value]);
  const handleInput = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(text), DEBOUNCE_MS);
  };
  return (
    <div className={`filter ${type}`}>
      <label htmlFor={id}>{label}</label>
      <input
        ref={input}
        id={id}
        type={type}
        defaultValue={value}
        placeholder={hint}
        maxLength={maxLength}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onInput={(event) => handleInput(event.currentTarget.value.trim())}
      />
    </div>
  );
}

interface SelectFilterProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly (readonly [value: string, name: string])[];
}

/** A filter by one of several values. */
export function SelectFilter({ label, value, onChange, options }: SelectFilterProps) {
  const id = useId();
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
