import { SelectFilter, TextFilter } from '../elements/filter-bar.js';
import type { Filters } from '../elements/use-filters.js';
import type { Outcome } from '../generated/graphql.js';
import { useWords } from '../language/language.js';
import { useProfileWords } from '../profile/words.js';
import type { EventFilterNames } from './event-filter-names.js';
import { useAdministrationWords } from './words.js';

/** Every outcome of an event. */
export const outcomes: readonly Outcome[] = ['SUCCESS', 'REFUSED'];

/** The longest notation of an IP address (in characters). */
const MAX_ADDRESS_LENGTH = 45;

/** The filters of security events. Those by user and actor appear only when a link sets them. */
export function EventFilters({ filters: { values, set } }: { readonly filters: Filters<EventFilterNames> }) {
  const { events: words } = useAdministrationWords();
  const { events } = useProfileWords();
  const { lists } = useWords();
  return (
    <>
      <SelectFilter
        label={words.type}
        value={values.type}
        onChange={(value) => set('type', value)}
        options={[['', lists.all], ...Object.entries(events.types)]}
      />
      <SelectFilter
        label={words.outcome}
        value={values.outcome}
        onChange={(value) => set('outcome', value)}
        options={[['', lists.all], ...outcomes.map((outcome) => [outcome, words.outcomes[outcome]] as const)]}
      />
      <TextFilter
        label={words.ip}
        value={values.ip}
        maxLength={MAX_ADDRESS_LENGTH}
        onChange={(value) => set('ip', value)}
      />
      <TextFilter label={words.from} type="date" value={values.from} onChange={(value) => set('from', value)} />
      <TextFilter label={words.to} type="date" value={values.to} onChange={(value) => set('to', value)} />
      {values.user && (
        <SelectFilter
          label={words.user}
          value={values.user}
          onChange={(value) => set('user', value)}
          options={[
            [values.user, words.selected],
            ['', lists.all],
          ]}
        />
      )}
      {values.actor && (
        <SelectFilter
          label={words.actor}
          value={values.actor}
          onChange={(value) => set('actor', value)}
          options={[
            [values.actor, words.selected],
            ['', lists.all],
          ]}
        />
      )}
    </>
  );
}
