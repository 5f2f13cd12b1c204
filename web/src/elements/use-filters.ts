import { useState } from 'react';
import { useSearchParams } from 'wouter';

/** The filters of a list. They are stored in the URL, so that they survive a reload and can be linked to. */
export interface Filters<Name extends string> {
  /** The values; an unset filter is empty. */
  readonly values: Readonly<Record<Name, string>>;
  /** All values as one string, to compare them. */
  readonly key: string;
  readonly isActive: boolean;
  /** Increases whenever all filters are cleared, to reset the fields. */
  readonly resetKey: number;
  readonly set: (name: Name, value: string) => void;
  readonly clear: () => void;
}

/** The filters with these names in the query of the URL. */
export function useFilters<Name extends string>(names: readonly Name[]): Filters<Name> {
  const [parameters, setParameters] = useSearchParams();
  const [resetKey, setResetKey] = useState(0);
  const values = Object.fromEntries(names.map((name) => [name, parameters.get(name) ?? ''])) as Record<Name, string>;
  const write = (changes: Partial<Record<Name, string>>) =>
    setParameters(
      (previous) => {
        const next = new URLSearchParams(previous);
        for (const [name, value] of Object.entries<string | undefined>(changes)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  return {
    values,
    resetKey,
    key: names.map((name) => values[name]).join('\n'),
    isActive: names.some((name) => values[name] !== ''),
    set: (name, value) => write({ [name]: value } as Partial<Record<Name, string>>),
    clear: () => {
      write(Object.fromEntries(names.map((name) => [name, ''])) as Partial<Record<Name, string>>);
      setResetKey(resetKey + 1);
    },
  };
}

/** The text as one of the values, or undefined: a URL can contain anything. */
export const parseOption = <Value extends string>(values: readonly Value[], text: string): Value | undefined =>
  values.find((value) => value === text);
