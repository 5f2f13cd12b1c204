import { Section } from '../elements/section.js';
import { LanguageSelect } from '../shell/preference-selects.js';
import { useProfileMessages } from './messages.js';

/** The language of the web app and of emails. */
export function Preferences() {
  const { preferences } = useProfileMessages();
  return (
    <Section id="preferences" title={preferences.title} explanation={preferences.explanation}>
      <LanguageSelect />
    </Section>
  );
}
