import { Fragment, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type Edge, edgeState, type Node, nodeState } from './flow-figures.js';
import classes from './flow-graph.module.css';
import { LINE, bundlesOf, type Bundle, type Chosen, sameChoice } from './flow-layout.js';
import { saySeconds } from './say-seconds.js';

const NODE = { width: 152, height: 84, step: 190, top: 190 };
const WIDTH = LINE.length * NODE.step - (NODE.step - NODE.width) + 24;
const HEIGHT = 540;
const left = (n: number): number => 12 + n * NODE.step;
const middle = (n: number): number => left(n) + NODE.width / 2;

interface FlowGraphProps {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly chosen: Chosen | null;
  readonly onChoose: (chosen: Chosen) => void;
}

/** The pipeline, left to right: what goes on above, what is answered below, and who hears all at the bottom. */
export function FlowGraph({ nodes, edges, chosen, onChoose }: FlowGraphProps) {
  const { t, i18n } = useTranslation('operations');
  const button = (what: Chosen, label: string) => ({
    role: 'button', tabIndex: 0, 'aria-label': label, 'aria-pressed': sameChoice(chosen, what), className: classes.button,
    onClick: () => onChoose(what),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      onChoose(what);
    },
  });
  const words = (node: Node) => [t('flow.inward', { count: node.inward }), t('flow.outward', { count: node.outward }), node.away ? t('flow.away') : t('flow.parked', { count: node.parked })];
  const box = (node: Node, x: number, y: number, width: number, height: number) => {
    const name = t(`services.${node.service}`);
    const said = width > NODE.width ? [`${t('flow.hearsAll')} · ${t('flow.inward', { count: node.inward })} · ${words(node)[2]}`] : words(node);
    // Its name is what one sees on it, word for word: who speaks to the page says what is there. The spaces are read, not drawn.
    return (
      <g key={node.service} {...button({ service: node.service }, [name, ...said].join(' '))} data-state={nodeState(node)}>
        <rect x={x} y={y} width={width} height={height} rx={10} className={classes.node} />
        <text x={x + 12} y={y + 24} className={classes.name}>{name}</text>
        {said.map((word, n) => (
          <Fragment key={word}>
            {' '}
            <text x={width > NODE.width ? x + 140 : x + 12} y={width > NODE.width ? y + 24 : y + 42 + n * 16} className={n === 2 && nodeState(node) === 'failed' ? classes.trouble : classes.figure}>{word}</text>
          </Fragment>
        ))}
      </g>
    );
  };
  const arc = (bundle: Bundle) => {
    const [from, to] = [LINE.indexOf(bundle.from), LINE.indexOf(bundle.to)];
    const onward = to > from;
    const [side, way] = onward ? [NODE.top, -1] : [NODE.top + NODE.height, 1];
    const height = 24 + Math.abs(to - from) * 28;
    const shift = onward ? 26 : -26;
    const [start, end] = [middle(from) + shift, middle(to) - shift];
    const lag = saySeconds(bundle.lagSeconds, i18n.language);
    const mark = bundle.parked > 0 ? t('flow.parked', { count: bundle.parked }) : lag;
    const size = mark.length * 6.6 + 14;
    const label = t('flow.edge', { from: t(`services.${bundle.from}`), to: t(`services.${bundle.to}`), count: bundle.rate, lag });
    return (
      <g key={`${bundle.from} ${bundle.to}`} {...button({ from: bundle.from, to: bundle.to }, bundle.parked > 0 ? `${label}, ${mark}` : label)} data-state={edgeState(bundle)} data-idle={bundle.rate === 0 || undefined}>
        <path d={`M ${start} ${side} Q ${(start + end) / 2} ${side + way * 2 * height} ${end} ${side}`} className={classes.reach} />
        <path d={`M ${start} ${side} Q ${(start + end) / 2} ${side + way * 2 * height} ${end} ${side}`} className={classes.edge} strokeWidth={Math.min(12, 1.5 + 1.6 * Math.log2(1 + bundle.rate))} />
        <path d={`M ${end - 5} ${side + way * 9} L ${end} ${side + way} L ${end + 5} ${side + way * 9} Z`} className={classes.head} />
        <rect x={(start + end) / 2 - size / 2} y={side + way * height - 10} width={size} height={20} rx={10} className={classes.tag} />
        <text x={(start + end) / 2} y={side + way * height + 4} textAnchor="middle" className={classes.lag}>{mark}</text>
      </g>
    );
  };
  const hearer = nodes.find(({ service }) => service === 'traceability');
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={classes.graph} role="group" aria-label={t('flow.graph')}>
      {bundlesOf(edges).map(arc)}
      {LINE.map((service, n) => {
        const node = nodes.find((one) => one.service === service);
        return node && box(node, left(n), NODE.top, NODE.width, NODE.height);
      })}
      {hearer && box(hearer, left(0), HEIGHT - 52, WIDTH - 24, 40)}
    </svg>
  );
}
