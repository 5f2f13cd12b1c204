import { useState } from 'react';
import { useMessages } from '../language/language.js';
import { Button } from './button.js';

/** The arguments of a connection for one page. */
export type PageArguments =
  { readonly first: number; readonly after?: string } | { readonly last: number; readonly before: string };

/** The current page of a list. */
export interface Pages {
  readonly arguments: PageArguments;
  readonly goTo: (to: PageArguments) => void;
  readonly isFirst: boolean;
  readonly goToFirst: () => void;
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
  const goTo = (to: PageArguments) => setPage({ listKey, arguments: to });
  return {
    arguments: page.arguments,
    goTo,
    isFirst: !('after' in page.arguments || 'before' in page.arguments),
    goToFirst: () => goTo({ first: size }),
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
  readonly isChronological?: boolean;
}

/** The buttons that turn the pages of a list; nothing if there is only one page. */
export function Pager({
  pages,
  pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor },
  label,
  isChronological = true,
}: PagerProps) {
  const { actions, lists } = useMessages();
  if (!hasNextPage && !hasPreviousPage) return null;
  return (
    <nav className="pager" aria-label={label}>
      <Button
        disabled={!hasPreviousPage || !startCursor}
        onClick={() => pages.goTo({ last: pages.size, before: startCursor ?? '' })}
      >
        {isChronological ? actions.newer : lists.previous}
      </Button>
      <Button
        disabled={!hasNextPage || !endCursor}
        onClick={() => pages.goTo({ first: pages.size, after: endCursor ?? '' })}
      >
        {isChronological ? actions.older : lists.next}
      </Button>
    </nav>
  );
}
