import { SelectFilter, TextFilter } from '../elements/filter-bar.js';
import type { Filters } from '../elements/use-filters.js';
import type { Outcome } from '../generated/graphql.js';
import { useWords } from '../language/language.js';
import { useProfileWords } from '../profile/words.js';
import type { EventFilterNames } from './event-filter-names.js';
import { useAdministrationWords } from './words.js';

/** How an event ends. */
export const outcomes: readonly Outcome[] = ['SUCCESS', 'REFUSED'];

/** The longest way to write an address (in characters). */
const LONGEST_ADDRESS = 45;

/** Every way to narrow events down. Whose they are, and by whom, comes with a link from a person. */
export function EventFilters({ filters: { of, set } }: { readonly filters: Filters<EventFilterNames> }) {
  const { events: words } = useAdministrationWords();
  const { events } = useProfileWords();
  const { lists } = useWords();
  return (
    <>
      <SelectFilter
        label={words.type}
        value={of.type}
        onChange={(value) => set('type', value)}
        options={[['', lists.all], ...Object.entries(events.types)]}
      />
      <SelectFilter
        label={words.outcome}
        value={of.outcome}
        onChange={(value) => set('outcome', value)}
        options={[['', lists.all], ...outcomes.map((outcome) => [outcome, words.outcomes[outcome]] as const)]}
      />
      <TextFilter label={words.ip} value={of.ip} maxLength={LONGEST_ADDRESS} onChange={(value) => set('ip', value)} />
      <TextFilter label={words.from} type="date" value={of.from} onChange={(value) => set('from', value)} />
      <TextFilter label={words.to} type="date" value={of.to} onChange={(value) => set('to', value)} />
      {of.user && (
        <SelectFilter
          label={words.user}
          value={of.user}
          onChange={(value) => set('user', value)}
          options={[
            [of.user, words.chosen],
            ['', lists.all],
          ]}
        />
      )}
      {of.actor && (
        <SelectFilter
          label={words.actor}
          value={of.actor}
          onChange={(value) => set('actor', value)}
          options={[
            [of.actor, words.chosen],
            ['', lists.all],
          ]}
        />
      )}
    </>
  );
}
