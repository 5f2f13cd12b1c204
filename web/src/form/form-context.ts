import { createContext, use } from 'react';
import type { Refusal } from '../api/use-action.js';

/** What was refused of the form around. */
export const FormContext = createContext<readonly Refusal[]>([]);

/** What was refused of one field of the form around: of itself, or of something in it. */
export const useRefusalsOf = (name: string): readonly Refusal[] =>
  use(FormContext).filter(({ field }) => field?.[0] === name);
