import { createContext, use } from 'react';

export const AnnouncerContext = createContext<(message: string) => void>(() => undefined);

/** Tells in a sentence what worked. */
export const useAnnounce = (): ((message: string) => void) => use(AnnouncerContext);
