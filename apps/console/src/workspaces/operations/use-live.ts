import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** One thing that flowed. */
export interface FlowItem {
  readonly service: string;
  readonly id: string;
  readonly type: string | null;
  readonly topic: string;
  readonly key: string;
  readonly at: string;
  readonly hop: 'published' | 'applied' | 'parked';
}

const ADDRESS = '/api/operations/stream?seconds=900';
const AGAIN_MS = 3_000;
/** So often what came is drawn. */
const DRAW_MS = 200;
const MOST_KEPT = 2_000;

/** What flows through all services since the page was opened, newest first; `live` while somebody tells. */
export function useLive(): { readonly items: readonly FlowItem[]; readonly live: boolean } {
  const [items, setItems] = useState<readonly FlowItem[]>([]);
  const [live, setLive] = useState(false);
  const client = useQueryClient();
  useEffect(() => {
    let source: EventSource | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    let drawing: ReturnType<typeof setTimeout> | undefined;
    let fresh: FlowItem[] = [];
    const draw = () => {
      drawing = undefined;
      const come = fresh.reverse();
      fresh = [];
      setItems((before) => [...come, ...before].slice(0, MOST_KEPT));
      if (come.some(({ hop }) => hop === 'parked')) for (const path of ['/parked', '/parked/groups']) void client.invalidateQueries({ queryKey: ['operations', path] });
    };
    const recount = () => void client.invalidateQueries({ queryKey: ['operations', '/operations/pace'] });
    const open = () => {
      const opened = new EventSource(ADDRESS);
      source = opened;
      opened.addEventListener('open', () => (setLive(true), recount()));
      opened.addEventListener('message', ({ data }: MessageEvent<string>) => {
        fresh.push(JSON.parse(data) as FlowItem);
        drawing ??= setTimeout(draw, DRAW_MS);
      });
      opened.addEventListener('missed', recount);
      opened.addEventListener('error', () => {
        setLive(false);
        // It asks again by itself, but not where it was refused.
        if (opened.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN_MS);
      });
    };
    open();
    return () => {
      source?.close();
      clearTimeout(again);
      clearTimeout(drawing);
    };
  }, [client]);
  return { items, live };
}
