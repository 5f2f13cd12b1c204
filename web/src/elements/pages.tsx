import { useState } from 'react';
import { useWords } from '../language/language.js';
import { Button } from './button.js';

/** The arguments of a connection for one page. */
export type PageArguments =
  { readonly first: number; readonly after?: string } | { readonly last: number; readonly before: string };

/** The current page of a list. */
export interface Pages {
  readonly arguments: PageArguments;
  readonly turn: (to: PageArguments) => void;
  readonly isFirst: boolean;
  readonly toFirst: () => void;
  readonly size: number;
}

/** Pages through a connection. It returns to the first page when `listKey`, which identifies the list, changes. */
export function usePages(size: number, listKey = ''): Pages {
  const [page, setPage] = useState<{ readonly listKey: string; readonly arguments: PageArguments }>({
    listKey,
    arguments: { first: size },
  });
  // Cursors of another list are meaningless here.
  if (page.listKey !== listKey) setPage({ listKey, arguments: { first: size } });
  const turn = (to: PageArguments) => setPage({ listKey, arguments: to });
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
  /** The name of the list for screen readers. */
  readonly label: string;
  /** Whether the newest entries come first: the buttons are then Newer and Older, otherwise Previous and Next. */
  readonly isByTime?: boolean;
}

/** The buttons that turn the pages of a list; nothing if there is only one page. */
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
