import { Cable, Laptop, type LucideIcon, Monitor, MonitorSmartphone, PcCase, Phone, Printer, Smartphone, Tablet } from 'lucide-react';
import type { Sheet } from '../scanning/steps.js';

const PICTURES: Readonly<Record<Sheet['category'], LucideIcon>> = {
  laptop: Laptop, desktop: PcCase, 'all-in-one': MonitorSmartphone, monitor: Monitor, smartphone: Smartphone, tablet: Tablet, phone: Phone, printer: Printer, accessory: Cable,
};

export function KindPicture({ category }: Pick<Sheet, 'category'>) {
  const Picture = PICTURES[category];
  return <Picture size={72} strokeWidth={1.3} color="var(--lc-accent-ink)" aria-hidden style={{ flex: 'none' }} />;
}
