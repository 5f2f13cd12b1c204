import { useQuery } from 'urql';
import { SelectFilter, TextFilter } from '../elements/filter-bar.js';
import type { Filters } from '../elements/use-filters.js';
import { useWords } from '../language/language.js';
import { useViewer } from '../session/viewer.js';
import type { LogFilterNames } from './log-filter-names.js';
import { periods } from './period.js';
import { MyKeyNames, usageTypes } from './usage.js';
import { useLogsWords } from './words.js';

/** The server's limit for a model or request ID (in characters). */
const MAX_NAME_LENGTH = 128;

interface LogFiltersProps {
  readonly filters: Filters<LogFilterNames>;
  readonly showsAll: boolean;
}

/** The filters of the logs. */
export function LogFilters({ filters: { values, set }, showsAll }: LogFiltersProps) {
  const words = useLogsWords();
  const { lists } = useWords();
  const { role } = useViewer();
  const scopes: [string, string][] = [
    ['', words.mine],
    ['all', values.user ? words.oneUser : words.allUsers],
  ];
  return (
    <>
      {role !== 'USER' && (
        <SelectFilter
          label={words.scope}
          value={showsAll ? 'all' : ''}
          onChange={(value) => set('scope', value)}
          options={scopes}
        />
      )}
      <SelectFilter
        label={words.period}
        value={values.period || 'week'}
        onChange={(value) => set('period', value)}
        options={periods.map((period) => [period, words.periods[period]] as const)}
      />
      {values.period === 'custom' && (
        <>
          <TextFilter label={words.from} type="date" value={values.from} onChange={(value) => set('from', value)} />
          <TextFilter label={words.to} type="date" value={values.to} onChange={(value) => set('to', value)} />
        </>
      )}
      <SelectFilter
        label={words.type}
        value={values.type}
        onChange={(value) => set('type', value)}
        options={[['', lists.all], ...usageTypes.map((type) => [type, words.types[type]] as const)]}
      />
      <KeyFilter value={values.key} onChange={(value) => set('key', value)} />
      <TextFilter
        label={words.model}
        hint={words.modelHint}
        value={values.model}
        maxLength={MAX_NAME_LENGTH}
        onChange={(value) => set('model', value)}
      />
      <TextFilter
        label={words.requestId}
        hint={words.requestIdHint}
        value={values.request}
        maxLength={MAX_NAME_LENGTH}
        onChange={(value) => set('request', value)}
      />
    </>
  );
}

function KeyFilter({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const words = useLogsWords();
  const { lists } = useWords();
  const [{ data }] = useQuery({ query: MyKeyNames });
  const own = data?.me?.callKeys?.edges.map(({ node: { id, name } }) => [id, name] as const) ?? [];
  const other = value !== '' && !own.some(([id]) => id === value) ? [[value, words.selectedKey] as const] : [];
  return (
    <SelectFilter label={words.key} value={value} onChange={onChange} options={[['', lists.all], ...own, ...other]} />
  );
}
