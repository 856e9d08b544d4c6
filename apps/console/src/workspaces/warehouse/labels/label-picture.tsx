import { useMemo } from 'react';
import { codesOf } from './label-codes.js';
import { DESIGN, type LabelFormat, OWNER, placement } from './label-format.js';
import classes from './labels.module.css';

interface LabelPictureProps {
  readonly label: string;
  readonly format: LabelFormat;
}

/** A label as it will be printed. */
export function LabelPicture({ label, format }: LabelPictureProps) {
  const codes = useMemo(() => codesOf(label), [label]);
  const { scale, x, y } = placement(format);
  const { qr, name, owner, bars } = DESIGN;
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${format.label.width} ${format.label.height}`} className={classes.label}>
      <g transform={`translate(${x} ${y}) scale(${scale})`}>
        <path d={codes.qr} fillRule="evenodd" transform={`translate(${qr.x} ${qr.y}) scale(${qr.module})`} />
        <text x={name.x} y={name.baseline} fontSize={name.size} textLength={label.length * name.size * 0.6} className={classes.name}>{label}</text>
        <text x={owner.x} y={owner.baseline} fontSize={owner.size} className={classes.owner}>{OWNER}</text>
        <path d={codes.bars} transform={`translate(${(DESIGN.width - codes.barsWidth * bars.module) / 2} ${bars.y}) scale(${bars.module})`} />
      </g>
    </svg>
  );
}
