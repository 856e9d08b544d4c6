import { z } from 'zod';

export const CATEGORIES = ['laptop', 'desktop', 'all-in-one', 'monitor', 'smartphone', 'tablet', 'phone', 'printer', 'accessory'] as const;
export const Category = z.enum(CATEGORIES);
export type Category = z.infer<typeof Category>;

/** From worst to best; D and HC never become stock. D (computers) = HC (phones). */
export const GRADES = ['HC', 'D', 'C', 'B', 'A', 'PREMIUM'] as const;
export const Grade = z.enum(GRADES);
export type Grade = z.infer<typeof Grade>;
export const STOCK_GRADES = ['C', 'B', 'A', 'PREMIUM'] as const;
export const StockGrade = z.enum(STOCK_GRADES);
export type StockGrade = z.infer<typeof StockGrade>;

export const Id = z.uuid();
export const Instant = z.iso.datetime({ offset: true });
/** Number of things, never negative. */
export const Count = z.int().min(0).max(1_000_000);
/** French postal code, overseas included. */
export const PostalCode = z.string().regex(/^\d{5}$/);
/** Region wished for by the donor (INSEE region code), or none. */
export const Earmark = z.string().regex(/^\d{2}$/).nullable();
/** Canonical label, `LC-7K3M-9QAT`. */
export const LabelCode = z.string().regex(/^LC-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);

/** `service` is a program's: it acts at the sites its account names, as an operator does, and without any it only reads. */
export const ROLES = ['donor', 'coordinator', 'operator', 'structure', 'relay', 'ops', 'admin', 'service'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;
