import { createContext, use } from 'react';

export const AnnouncerContext = createContext<(message: string) => void>(() => undefined);

/** Returns a function that shows a short message, e.g. after a success. */
export const useAnnounce = (): ((message: string) => void) => use(AnnouncerContext);
