/** A list of which only the rows in view exist, in step with its rows, their height and what it is scrolled in. */

import { createVirtualizer } from '@tanstack/svelte-virtual';
import { untrack } from 'svelte';
import { get } from 'svelte/store';

export interface VirtualList {
  rows: () => readonly { id: string }[];
  /** Of a row, in pixels. */
  height: () => number;
  scroller: () => HTMLDivElement | undefined;
}

/** How many rows exist beside those in view, where it begins, and what covers it above. */
interface Around {
  overscan: number;
  initialOffset?: () => number;
  scrollMargin?: number;
  scrollPaddingStart?: number;
}

/** To be called while a component is made: it goes with it. */
export function virtualRows({ rows, height, scroller }: VirtualList, around: Around) {
  const getScrollElement = () => scroller() ?? null;
  const virtualizer = createVirtualizer<HTMLDivElement, HTMLDivElement>({ count: 0, getScrollElement, estimateSize: height, ...around });
  $effect(() => {
    const count = rows().length;
    const size = height();
    void scroller();
    untrack(() => {
      const it = get(virtualizer);
      it.setOptions({ count, estimateSize: () => size, getScrollElement, getItemKey: (index) => rows()[index]?.id ?? index });
      it.measure();
    });
  });
  return virtualizer;
}
