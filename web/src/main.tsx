import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ErrorBoundary } from 'react-error-boundary';
import { App } from './app.js';
import { Announcer } from './elements/announcer.js';
import { LanguageProvider, preferredLocale, readWords } from './language/language-provider.js';
import { SessionProvider } from './session/session-provider.js';
import { NotLoaded } from './shell/not-loaded.js';
import { rememberedTheme, showTheme } from './shell/preferences.js';
import { takeLinkToken } from './sign-in/link-token.js';

takeLinkToken();
showTheme(rememberedTheme());
const locale = preferredLocale();
const words = await readWords(locale);
const root = document.getElementById('root');
if (!root) throw new Error('The page has no place for the application.');
createRoot(root).render(
  <StrictMode>
    <LanguageProvider initial={{ locale, words }}>
      <ErrorBoundary FallbackComponent={NotLoaded}>
        <Announcer>
          <SessionProvider>
            <App />
          </SessionProvider>
        </Announcer>
      </ErrorBoundary>
    </LanguageProvider>
  </StrictMode>,
);
