/** Parts of the page whose heading, or first control, takes a lost focus; also a filter bar, which has no heading. */
const HOME = 'search, section, dialog, main';

/** How many focused elements are remembered: more than a dialog and its opener need. */
const MAX_TRAIL = 50;

interface Focused {
  readonly element: HTMLElement;
  /** The parts that the element was in, innermost first. A dialog is in none. */
  readonly homes: readonly HTMLElement[];
}

/** The elements that had the focus, each once, latest last. */
const trail: Focused[] = [];

/**
 * Moves the focus when its element disappears, e.g. with the dialog or form that contained it: to what had it before in
 * the part of the page that remains, such as the button that opened the form, or else to the heading of that part. The
 * browser would move it to the start of the page (WCAG 2.2, 2.4.3 and 3.2).
 */
export function keepFocus(): void {
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const index = trail.findIndex(({ element }) => element === target);
    if (index !== -1) trail.splice(index, 1);
    trail.push({ element: target, homes: homesOf(target) });
    if (trail.length > MAX_TRAIL) trail.shift();
  });
  new MutationObserver(restore).observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ['hidden', 'disabled', 'open'],
  });
}

function restore(): void {
  const latest = trail.at(-1);
  // A user who clicked beside a field left it on purpose; it is still there.
  if (!latest || canFocus(latest.element)) return;
  if (document.activeElement && document.activeElement !== document.body) return;
  const home = trail
    .toReversed()
    .flatMap(({ homes }) => homes)
    .find((part) => part.checkVisibility());
  if (!home) return;
  const previous = trail.findLast(
    ({ element, homes }) => element !== home && homes.includes(home) && canFocus(element),
  );
  // Scrolling to the title of the view would undo what the browser restores for Back.
  (previous?.element ?? headingOf(home))?.focus({ preventScroll: home.matches('main') });
}

function homesOf(element: Element): HTMLElement[] {
  const home = element.closest<HTMLElement>(HOME);
  if (!home) return [];
  const outer = home.matches('dialog') ? null : home.parentElement;
  return [home, ...(outer ? homesOf(outer) : [])];
}

const canFocus = (element: HTMLElement): boolean => element.checkVisibility() && !element.matches(':disabled');

/** The heading of a part of the page, or else its first control. */
function headingOf(home: HTMLElement): HTMLElement | null {
  const heading = home.querySelector<HTMLElement>('h1, h2, h3');
  if (!heading) return home.querySelector<HTMLElement>('input, select, button');
  heading.tabIndex = -1;
  return heading;
}
