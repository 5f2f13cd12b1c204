import { Page } from '../shell/shell.js';
import { Events } from './events.js';
import { useProfileWords } from './words.js';

/** The Profile page: basic information and security settings of who is signed in. */
export function Profile() {
  const { profile } = useProfileWords();
  return <Page title={profile.title} description={profile.description}><Events /></Page>;
}
