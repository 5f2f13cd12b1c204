import { useQuery } from 'urql';
import { SelectFilter, TextFilter } from '../elements/filter-bar.js';
import type { Filters } from '../elements/use-filters.js';
import { useMessages } from '../language/language.js';
import { useViewer } from '../session/viewer.js';
import type { LogFilterName } from './log-filter-names.js';
import { periods } from './period.js';
import { MyKeyNames, usageTypes } from './usage.js';
import { useLogsMessages } from './messages.js';

/** The server's limit for a model or request ID (in characters). */
const MAX_NAME_LENGTH = 128;

interface LogFiltersProps {
  readonly filters: Filters<LogFilterName>;
  readonly showsAll: boolean;
}

/** The filters of the logs. */
export function LogFilters({ filters: { values, set }, showsAll }: LogFiltersProps) {
  const messages = useLogsMessages();
  const { lists } = useMessages();
  const { role } = useViewer();
  const scopes: [string, string][] = [
    ['', messages.ownCalls],
    ['all', values.user ? messages.oneUser : messages.allUsers],
  ];
  return (
    <>
      {role !== 'USER' && (
        <SelectFilter
          label={messages.scope}
          value={showsAll ? 'all' : ''}
          onChange={(value) => set('scope', value)}
          options={scopes}
        />
      )}
      <SelectFilter
        label={messages.period}
        value={values.period || 'week'}
        onChange={(value) => set('period', value)}
        options={periods.map((period) => [period, messages.periods[period]] as const)}
      />
      {values.period === 'custom' && (
        <>
          <TextFilter label={messages.from} type="date" value={values.from} onChange={(value) => set('from', value)} />
          <TextFilter label={messages.to} type="date" value={values.to} onChange={(value) => set('to', value)} />
        </>
      )}
      <SelectFilter
        label={messages.type}
        value={values.type}
        onChange={(value) => set('type', value)}
        options={[['', lists.all], ...usageTypes.map((type) => [type, messages.types[type]] as const)]}
      />
      <KeyFilter value={values.key} onChange={(value) => set('key', value)} />
      <TextFilter
        label={messages.model}
        hint={messages.modelHint}
        value={values.model}
        maxLength={MAX_NAME_LENGTH}
        onChange={(value) => set('model', value)}
      />
      <TextFilter
        label={messages.requestId}
        hint={messages.requestIdHint}
        value={values.request}
        maxLength={MAX_NAME_LENGTH}
        onChange={(value) => set('request', value)}
      />
    </>
  );
}

function KeyFilter({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const messages = useLogsMessages();
  const { lists } = useMessages();
  const [{ data }] = useQuery({ query: MyKeyNames });
  const keyOptions = data?.me?.callKeys?.edges.map(({ node: { id, name } }) => [id, name] as const) ?? [];
  const selectedOption =
    value !== '' && !keyOptions.some(([id]) => id === value) ? [[value, messages.selectedKey] as const] : [];
  return (
    <SelectFilter
      label={messages.key}
      value={value}
      onChange={onChange}
      options={[['', lists.all], ...keyOptions, ...selectedOption]}
    />
  );
}
