import { code128, type DrawingContext, qrcode } from 'bwip-js/browser';
import { DESIGN } from './label-format.js';

/** A label's two codes as paths of an SVG, in modules from the top left corner; the QR code's is filled by the even-odd rule. */
export interface LabelCodes {
  readonly qr: string;
  /** A Code 128, as high as the design has it. */
  readonly bars: string;
  /** Modules from the first bar to the last. */
  readonly barsWidth: number;
}

interface Shapes {
  readonly rectangles: string[];
  readonly polygons: string[];
  width: number;
}

const BAR_MODULES = DESIGN.bars.height / DESIGN.bars.module;

/** Takes down what is drawn, as shapes. A bar is told by its middle, rounded up to a whole module. */
function recording(): DrawingContext<Shapes> {
  const shapes: Shapes = { rectangles: [], polygons: [], width: 0 };
  return {
    scale: () => [1, 1],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width) => (shapes.width = width),
    line: (x, _y0, _x1, _y1, thickness) => shapes.rectangles.push(`M${x - Math.ceil(thickness / 2)} 0h${thickness}v${BAR_MODULES}h${-thickness}z`),
    polygon: (points) => shapes.polygons.push(`M${points.map(([x, y]) => `${x} ${y}`).join('L')}z`),
    hexagon: () => undefined,
    ellipse: () => undefined,
    fill: () => undefined,
    text: () => undefined,
    end: () => shapes,
  };
}

export function codesOf(label: string): LabelCodes {
  const bars = code128({ bcid: 'code128', text: label }, recording());
  const qr = qrcode({ bcid: 'qrcode', text: label }, recording());
  return { qr: qr.polygons.join(''), bars: bars.rectangles.join(''), barsWidth: bars.width };
}
