import { createContext, use } from 'react';

export const AnnouncerContext = createContext<(message: string) => void>(() => undefined);

/** Shows a short message after a success. */
export const useAnnounce = (): ((message: string) => void) => use(AnnouncerContext);
