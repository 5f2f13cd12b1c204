import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ErrorBoundary } from 'react-error-boundary';
import { App } from './app.js';
import { Announcer } from './elements/announcer.js';
import { keepFocus } from './elements/keep-focus.js';
import { LanguageProvider, loadMessages, preferredLocale } from './language/language-provider.js';
import { SessionProvider } from './session/session-provider.js';
import { LoadError } from './shell/load-error.js';
import { applyTheme, loadTheme } from './shell/preferences.js';
import { takeLinkToken } from './sign-in/link-token.js';

takeLinkToken();
addEventListener('hashchange', takeLinkToken);
applyTheme(loadTheme());
keepFocus();
const locale = preferredLocale();
const messages = await loadMessages(locale);
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <LanguageProvider initial={{ locale, messages }}>
      <ErrorBoundary FallbackComponent={LoadError}>
        <Announcer>
          <SessionProvider>
            <App />
          </SessionProvider>
        </Announcer>
      </ErrorBoundary>
    </LanguageProvider>
  </StrictMode>,
);
