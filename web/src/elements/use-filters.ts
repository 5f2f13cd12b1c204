import { useState } from 'react';
import { useSearchParams } from 'wouter';

/** What a list is narrowed to. It stands in the address, so that it outlives a reload, and can be linked to. */
export interface Filters<Name extends string> {
  /** What was chosen; an empty text where nothing was. */
  readonly of: Readonly<Record<Name, string>>;
  /** Everything that was chosen, as one text. */
  readonly all: string;
  readonly isAny: boolean;
  /** Grows whenever everything is cleared, so that fields can be made anew. */
  readonly generation: number;
  readonly set: (name: Name, value: string) => void;
  readonly clear: () => void;
}

/** The filters of a list, by the names that they have in the address. */
export function useFilters<Name extends string>(names: readonly Name[]): Filters<Name> {
  const [parameters, setParameters] = useSearchParams();
  const [generation, setGeneration] = useState(0);
  const of = Object.fromEntries(names.map((name) => [name, parameters.get(name) ?? ''])) as Record<Name, string>;
  const write = (changes: Partial<Record<Name, string>>) =>
    setParameters(
      (former) => {
        const next = new URLSearchParams(former);
        for (const [name, value] of Object.entries<string | undefined>(changes)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  return {
    of,
    generation,
    all: names.map((name) => of[name]).join('\n'),
    isAny: names.some((name) => of[name] !== ''),
    set: (name, value) => write({ [name]: value } as Partial<Record<Name, string>>),
    clear: () => {
      write(Object.fromEntries(names.map((name) => [name, ''])) as Partial<Record<Name, string>>);
      setGeneration(generation + 1);
    },
  };
}

/** One of some values, where it is one: an address can say anything. */
export const oneOf = <Value extends string>(values: readonly Value[], text: string): Value | undefined =>
  values.find((value) => value === text);
