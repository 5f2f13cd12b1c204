import { Section } from '../elements/section.js';
import { LanguageSelect } from '../shell/preference-selects.js';
import { useProfileWords } from './words.js';

/** The language of the web app and of emails. */
export function Preferences() {
  const { preferences } = useProfileWords();
  return (
    <Section id="preferences" title={preferences.title} explanation={preferences.explanation}>
      <LanguageSelect />
    </Section>
  );
}
