import { useId, useState } from 'react';
import { useFieldErrors } from '../form/form-context.js';
import type { SecurityEventType } from '../generated/graphql.js';
import { useProfileMessages } from '../profile/messages.js';
import { eventGroups, typesOf, type EventGroup } from './event-groups.js';
import { useWebhookMessages } from './messages.js';

/** The name of the field that is present if not all events are chosen. */
export const TYPES_FIELD = 'eventTypes';

/** All events, or a choice of types in groups. The value of the field is the chosen types, separated by spaces. */
export function EventTypesField({ initial }: { readonly initial: readonly SecurityEventType[] }) {
  const { form } = useWebhookMessages();
  const errors = useFieldErrors(TYPES_FIELD);
  const id = useId();
  const [isAll, setIsAll] = useState(initial.length === 0);
  const [chosen, setChosen] = useState<ReadonlySet<SecurityEventType>>(() => new Set(initial));
  const isInvalid = errors.length > 0 && !isAll && chosen.size === 0;
  return (
    <fieldset className="field scopes">
      <legend>{form.events}</legend>
      <label className="check all-events">
        <input
          type="checkbox"
          checked={isAll}
          onChange={() => setIsAll(!isAll)}
          aria-invalid={isInvalid}
          aria-describedby={[`${id}-hint`, isInvalid ? `${id}-error` : ''].filter(Boolean).join(' ')}
        />
        {form.allEvents}
      </label>
      <p className="hint" id={`${id}-hint`}>
        {isAll ? form.allEventsHint : form.someEventsHint}
      </p>
      {isInvalid && (
        <p className="error" id={`${id}-error`} role="alert">
          {form.chooseEvents}
        </p>
      )}
      {!isAll && (
        <div className="event-groups">
          <input type="hidden" name={TYPES_FIELD} value={[...chosen].join(' ')} />
          {eventGroups.map((group) => (
            <EventTypesOfGroup key={group} group={group} chosen={chosen} onChange={setChosen} />
          ))}
        </div>
      )}
    </fieldset>
  );
}

interface EventTypesOfGroupProps {
  readonly group: EventGroup;
  readonly chosen: ReadonlySet<SecurityEventType>;
  readonly onChange: (chosen: ReadonlySet<SecurityEventType>) => void;
}

function EventTypesOfGroup({ group, chosen, onChange }: EventTypesOfGroupProps) {
  const { form, groups } = useWebhookMessages();
  const { events } = useProfileMessages();
  const types = typesOf(group);
  const count = types.filter((type) => chosen.has(type)).length;
  const [isOpenAtFirst] = useState(count > 0);
  const areAllChosen = count === types.length;
  const set = (changed: readonly SecurityEventType[], isChosen: boolean) => {
    const others = [...chosen].filter((type) => !changed.includes(type));
    onChange(new Set(isChosen ? [...others, ...changed] : others));
  };
  return (
    <details open={isOpenAtFirst}>
      <summary>
        <span>{groups[group]}</span> <span className="hint">{form.chosenCount(count, types.length)}</span>
      </summary>
      <div className="event-types">
        <label className="check whole-group">
          <input type="checkbox" checked={areAllChosen} onChange={() => set(types, !areAllChosen)} />
          {form.wholeGroup}
        </label>
        {types.map((type) => (
          <label key={type} className="check">
            <input type="checkbox" checked={chosen.has(type)} onChange={() => set([type], !chosen.has(type))} />
            {events.types[type]}
          </label>
        ))}
      </div>
    </details>
  );
}
