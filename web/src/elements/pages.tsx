import { useState } from 'react';
import { useWords } from '../language/language.js';
import { Button } from './button.js';

/** Arguments of a connection for one page of it. */
export type PageArguments =
  { readonly first: number; readonly after?: string } | { readonly last: number; readonly before: string };

/** Where one stands in a list that is read page by page. */
export interface Pages {
  readonly arguments: PageArguments;
  readonly turn: (to: PageArguments) => void;
  /** Whether it is read from its start. */
  readonly isFirst: boolean;
  readonly toFirst: () => void;
  readonly size: number;
}

/**
 * Reads a connection page by page, so many entries at once; from its start again when `of`, which tells what is listed,
 * changes.
 */
export function usePages(size: number, of = ''): Pages {
  const [page, setPage] = useState<{ readonly of: string; readonly arguments: PageArguments }>({
    of,
    arguments: { first: size },
  });
  // A cursor of what was listed before means nothing here, nor when that is listed again.
  if (page.of !== of) setPage({ of, arguments: { first: size } });
  const turn = (to: PageArguments) => setPage({ of, arguments: to });
  return {
    arguments: page.arguments,
    turn,
    isFirst: !('after' in page.arguments || 'before' in page.arguments),
    toFirst: () => turn({ first: size }),
    size,
  };
}

interface PagerProps {
  readonly pages: Pages;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor?: string | null | undefined;
    readonly endCursor?: string | null | undefined;
  };
  /** What the list is, for who listens to the page. */
  readonly label: string;
  /** Whether the newest comes first; any other order has pages before and after. */
  readonly isByTime?: boolean;
}

/** Turns the pages of a connection. It is not there where there is one page. */
export function Pager({
  pages,
  pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor },
  label,
  isByTime = true,
}: PagerProps) {
  const { actions, lists } = useWords();
  if (!hasNextPage && !hasPreviousPage) return null;
  return (
    <nav className="pager" aria-label={label}>
      <Button
        disabled={!hasPreviousPage || !startCursor}
        onClick={() => pages.turn({ last: pages.size, before: startCursor ?? '' })}
      >
        {isByTime ? actions.newer : lists.previous}
      </Button>
      <Button
        disabled={!hasNextPage || !endCursor}
        onClick={() => pages.turn({ first: pages.size, after: endCursor ?? '' })}
      >
        {isByTime ? actions.older : lists.next}
      </Button>
    </nav>
  );
}
