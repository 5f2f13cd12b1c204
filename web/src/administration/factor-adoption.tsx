import { useQuery } from 'urql';
import { Link } from 'wouter';
import { graphql } from '../api/graphql.js';
import type { FactorAdoptionQuery, Role } from '../generated/graphql.js';
import { useFormats, useMessages } from '../language/language.js';
import { useAdministrationMessages } from './messages.js';

const Adoption = graphql(`
  query FactorAdoption { factorAdoption { role users totp passkey none } }
`);

/** The roles that can have a second factor. All are shown, so that nothing moves when the numbers arrive. */
const rows: readonly Role[] = ['USER', 'ADMIN', 'ROOT'];
type Count = Exclude<keyof NonNullable<FactorAdoptionQuery['factorAdoption']>[number], 'role'>;
const columns: readonly Count[] = ['users', 'totp', 'passkey', 'none'];

/** The filters that list the accounts behind a number, where the list has such a filter. */
const filters: Partial<Record<Count, string>> = { users: '', none: '&twoFactor=off' };

const context = { additionalTypenames: ['User', 'TwoFactor'] };

/** How many active accounts of each role have which second factors. A dash stands for a number that isn't known yet. */
export function FactorAdoption() {
  const { adoption } = useAdministrationMessages();
  const { roles } = useMessages();
  const { number } = useFormats();
  const [{ data }] = useQuery({ query: Adoption, context });
  const counts = data?.factorAdoption;
  const getCell = (role: Role, column: Count) => {
    if (!counts) return '–';
    const count = counts.find((row) => row.role === role)?.[column] ?? 0;
    const filter = filters[column];
    if (count === 0 || filter === undefined) return number(count);
    return (
      <Link
        href={`/administration?role=${role}&status=ACTIVE${filter}`}
        aria-label={adoption.show(roles[role], adoption.columns[column], number(count))}
      >
        {number(count)}
      </Link>
    );
  };
  return (
    <table className="adoption">
      <caption>{adoption.title}</caption>
      <thead>
        <tr>
          <td />
          {columns.map((column) => (
            <th key={column} scope="col" className="number">
              {adoption.columns[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((role) => (
          <tr key={role}>
            <th scope="row">{roles[role]}</th>
            {columns.map((column) => (
              <td key={column} className="number">
                {getCell(role, column)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
