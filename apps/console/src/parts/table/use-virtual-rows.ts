import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { List } from './list.js';

const ROW_PX = 45;
const OVERSCAN = 12;
/** So many rows before the end, the next page is asked for. */
const AHEAD = 40;

/** Which rows exist, and which one the keyboard is on. */
export function useVirtualRows<Row>(list: List<Row>, rowKey: (row: Row) => string, onOpen: ((row: Row) => void) | undefined) {
  const scroll = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<number | null>(null);
  const { rows, hasMore, more } = list;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rowKey(rows[index]!),
    overscan: OVERSCAN,
    useFlushSync: false,
    // The row that the keyboard is on exists wherever one has scrolled to.
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      return active === null || active >= rows.length || seen.includes(active) ? seen : [...seen, active].sort((a, b) => a - b);
    },
  });
  const lastSeen = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (hasMore && lastSeen > rows.length - AHEAD) more();
    // oxlint-disable-next-line react/exhaustive-deps -- `more` is another function each time, and asks once by itself.
  }, [hasMore, lastSeen, rows.length]);

  const onKeyDown = (event: KeyboardEvent) => {
    // Keys in a field or on a button inside of a row are theirs.
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter' && active !== null && rows[active] !== undefined) return onOpen?.(rows[active]);
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / ROW_PX) - 2);
    const from = active ?? -1;
    const to: Record<string, number> = { ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + page, PageUp: from - page, Home: 0, End: rows.length - 1 };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const within = Math.max(0, Math.min(rows.length - 1, next));
    setActive(within);
    virtual.scrollToIndex(within);
  };
  return { scroll, virtual, active: active !== null && active < rows.length ? active : null, keys: { onKeyDown, onFocus: () => setActive((before) => before ?? 0) } };
}
