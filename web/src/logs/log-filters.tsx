import { useQuery } from 'urql';
import { SelectFilter, TextFilter } from '../elements/filter-bar.js';
import type { Filters } from '../elements/use-filters.js';
import { useWords } from '../language/language.js';
import { useViewer } from '../session/viewer.js';
import type { LogFilterNames } from './log-filter-names.js';
import { periods } from './period.js';
import { MyKeyNames, usageTypes } from './usage.js';
import { useLogsWords } from './words.js';

/** The longest name of a model or a request (in characters). */
const LONGEST_NAME = 128;

interface LogFiltersProps {
  readonly filters: Filters<LogFilterNames>;
  readonly isEverybodys: boolean;
}

/** Every way to narrow logs down. */
export function LogFilters({ filters: { of, set }, isEverybodys }: LogFiltersProps) {
  const words = useLogsWords();
  const { lists } = useWords();
  const { role } = useViewer();
  const whose: [string, string][] = [
    ['', words.mine],
    ['everybody', of.user ? words.person : words.everybody],
  ];
  return (
    <>
      {role !== 'USER' && (
        <SelectFilter
          label={words.whose}
          value={isEverybodys ? 'everybody' : ''}
          onChange={(value) => set('whose', value)}
          options={whose}
        />
      )}
      <SelectFilter
        label={words.period}
        value={of.period || 'week'}
        onChange={(value) => set('period', value)}
        options={periods.map((period) => [period, words.periods[period]] as const)}
      />
      {of.period === 'custom' && (
        <>
          <TextFilter label={words.from} type="date" value={of.from} onChange={(value) => set('from', value)} />
          <TextFilter label={words.to} type="date" value={of.to} onChange={(value) => set('to', value)} />
        </>
      )}
      <SelectFilter
        label={words.type}
        value={of.type}
        onChange={(value) => set('type', value)}
        options={[['', lists.all], ...usageTypes.map((type) => [type, words.types[type]] as const)]}
      />
      <KeyFilter value={of.key} onChange={(value) => set('key', value)} />
      <TextFilter
        label={words.model}
        hint={words.modelHint}
        value={of.model}
        maxLength={LONGEST_NAME}
        onChange={(value) => set('model', value)}
      />
      <TextFilter
        label={words.requestId}
        hint={words.requestIdHint}
        value={of.request}
        maxLength={LONGEST_NAME}
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
  const other = value !== '' && !own.some(([id]) => id === value) ? [[value, words.chosenKey] as const] : [];
  return (
    <SelectFilter label={words.key} value={value} onChange={onChange} options={[['', lists.all], ...own, ...other]} />
  );
}
