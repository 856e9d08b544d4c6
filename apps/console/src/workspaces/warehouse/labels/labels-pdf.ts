import { FillRule, grayscale, PDFDocument, type PDFFont, type PDFPage, StandardFonts } from '@cantoo/pdf-lib';
import { codesOf } from './label-codes.js';
import { DESIGN, type LabelFormat, OWNER, placement } from './label-format.js';

/** PDF counts in points, 72 to an inch. */
const POINTS = 72 / 25.4;
const BLACK = grayscale(0);

interface Fonts {
  readonly name: PDFFont;
  readonly owner: PDFFont;
}

/** A file to print at its full size: each label with its QR code, its Code 128, and itself to read. */
export async function labelsPdf(labels: readonly string[], format: LabelFormat, title: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = await PDFDocument.create();
  file.setTitle(title);
  file.setCreator(OWNER);
  // Of one width, so that figures and letters stand where one looks for them.
  const fonts = { name: await file.embedFont(StandardFonts.CourierBold), owner: await file.embedFont(StandardFonts.Helvetica) };
  const { columns, rows, top } = format.grid;
  let page: PDFPage | undefined;
  for (const [i, label] of labels.entries()) {
    const place = i % (columns * rows);
    if (place === 0 || !page) page = file.addPage([format.page.width * POINTS, format.page.height * POINTS]);
    drawLabel(page, fonts, label, format, { x: (place % columns) * format.label.width, y: top + Math.floor(place / columns) * format.label.height });
  }
  return new Uint8Array(await file.save());
}

/** @param corner of the label, in millimetres from the page's top left */
function drawLabel(page: PDFPage, fonts: Fonts, label: string, format: LabelFormat, corner: { x: number; y: number }): void {
  const { scale, x, y } = placement(format);
  const { qr, name, owner, bars } = DESIGN;
  const codes = codesOf(label);
  const left = (mm: number) => (corner.x + x + mm * scale) * POINTS;
  // Its axis goes up.
  const down = (mm: number) => (format.page.height - corner.y - y - mm * scale) * POINTS;
  const size = (mm: number) => mm * scale * POINTS;
  page.drawSvgPath(codes.qr, { x: left(qr.x), y: down(qr.y), scale: size(qr.module), color: BLACK, fillRule: FillRule.EvenOdd });
  for (const [text, font, at] of [[label, fonts.name, name], [OWNER, fonts.owner, owner]] as const) page.drawText(text, { x: left(at.x), y: down(at.baseline), size: size(at.size), font });
  const start = (DESIGN.width - codes.barsWidth * bars.module) / 2;
  page.drawSvgPath(codes.bars, { x: left(start), y: down(bars.y), scale: size(bars.module), color: BLACK });
}
