import { type Category, CATEGORIES } from '@lacollecte/contracts';
import { workshopPlan } from './hardware.js';

const plans = (category: Category, condition: string | null = null) => Array.from({ length: 3_000 }, (_, position) => workshopPlan({ position, category, condition }, 1));
const share = <T>(items: readonly T[], fits: (item: T) => boolean): number => items.filter(fits).length / items.length;

describe('what the workshop finds', () => {
  it('follows from seed and position alone', () => {
    const device = { position: 17, category: 'laptop' as const, condition: 'Bon' };
    expect(workshopPlan(device, 3)).toEqual(workshopPlan(device, 3));
    expect(plans('laptop')).not.toEqual(Array.from({ length: 3_000 }, (_, position) => workshopPlan({ position, category: 'laptop', condition: null }, 2)));
  });

  it('has failing erasures as often as the trade does: 2 % of solid drives, 4 % of magnetic ones', () => {
    const drives = plans('desktop').map(({ drive }) => drive!);
    const failing = (magnetic: boolean): number => share(drives.filter(({ kind }) => (kind === 'hdd') === magnetic), ({ erasureFails }) => erasureFails);
    expect(Math.abs(failing(true) - 0.04)).toBeLessThan(0.01);
    expect(Math.abs(failing(false) - 0.02)).toBeLessThan(0.01);
  });

  it('believes a list that says a device is broken, but not for its battery', () => {
    for (const condition of ['Hors service', 'HS', 'broken', 'en panne', 'écran cassé']) expect(share(plans('laptop', condition), ({ testFails }) => testFails)).toBeGreaterThan(0.5);
    for (const condition of ['Bon', 'Batterie HS', 'Non testé', null]) expect(share(plans('laptop', condition), ({ testFails }) => testFails)).toBeLessThan(0.12);
    expect(plans('laptop', 'Batterie HS').every(({ batteryPercent }) => batteryPercent < 30)).toBe(true);
  });

  it('gives drives to computers and storage to phones, none to the others', () => {
    const kinds = (category: Category): string[] => [...new Set(plans(category).map(({ drive }) => drive?.kind ?? 'none'))].toSorted();
    expect(kinds('laptop')).toEqual(['hdd', 'nvme', 'ssd']);
    expect(kinds('tablet')).toEqual(['internal']);
    expect(kinds('monitor')).toEqual(['none']);
    expect(CATEGORIES.every((category) => plans(category).length > 0)).toBe(true);
  });
});
