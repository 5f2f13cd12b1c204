import { SelectFilter, TextFilter } from '../elements/filter-bar.js';
import type { Filters } from '../elements/use-filters.js';
import type { Outcome } from '../generated/graphql.js';
import { useMessages } from '../language/language.js';
import { useProfileMessages } from '../profile/messages.js';
import type { EventFilterName } from './event-filter-names.js';
import { useAdministrationMessages } from './messages.js';

/** Every outcome of an event. */
export const outcomes: readonly Outcome[] = ['SUCCESS', 'REFUSED'];

/** The longest notation of an IP address (in characters). */
const MAX_ADDRESS_LENGTH = 45;

/** The filters of security events. Those by user and actor appear only when a link sets them. */
export function EventFilters({ filters: { values, set } }: { readonly filters: Filters<EventFilterName> }) {
  const { events: messages } = useAdministrationMessages();
  const { events } = useProfileMessages();
  const { lists } = useMessages();
  return (
    <>
      <SelectFilter
        label={messages.type}
        value={values.type}
        onChange={(value) => set('type', value)}
        options={[['', lists.all], ...Object.entries(events.types)]}
      />
      <SelectFilter
        label={messages.outcome}
        value={values.outcome}
        onChange={(value) => set('outcome', value)}
        options={[['', lists.all], ...outcomes.map((outcome) => [outcome, messages.outcomes[outcome]] as const)]}
      />
      <TextFilter
        label={messages.ip}
        value={values.ip}
        maxLength={MAX_ADDRESS_LENGTH}
        onChange={(value) => set('ip', value)}
      />
      <TextFilter label={messages.from} type="date" value={values.from} onChange={(value) => set('from', value)} />
      <TextFilter label={messages.to} type="date" value={values.to} onChange={(value) => set('to', value)} />
      {values.user && (
        <SelectFilter
          label={messages.user}
          value={values.user}
          onChange={(value) => set('user', value)}
          options={[
            [values.user, messages.selected],
            ['', lists.all],
          ]}
        />
      )}
      {values.actor && (
        <SelectFilter
          label={messages.actor}
          value={values.actor}
          onChange={(value) => set('actor', value)}
          options={[
            [values.actor, messages.selected],
            ['', lists.all],
          ]}
        />
      )}
    </>
  );
}
