import { createContext, use } from 'react';
import type { UserError } from '../api/use-action.js';

/** The user errors of the form. */
export const FormContext = createContext<readonly UserError[]>([]);

/** The errors of one field, or of something inside it. */
export const useFieldErrors = (name: string): readonly UserError[] =>
  use(FormContext).filter(({ field }) => field?.[0] === name);
