import { Section } from '../elements/section.js';
import { LanguageChoice } from '../shell/choices.js';
import { useProfileWords } from './words.js';

/** The language of the page and of mails. */
export function Preferences() {
  const { preferences } = useProfileWords();
  return (
    <Section id="preferences" title={preferences.title} explanation={preferences.explanation}>
      <LanguageChoice />
    </Section>
  );
}
