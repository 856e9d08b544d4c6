import type { paths } from '../../../api/generated/refurbishment.js';

/** In the order in which a device meets them. */
export const BENCHES = ['diagnosis', 'erasure', 'test', 'grade'] as const;
export type Bench = (typeof BENCHES)[number];
export type BenchCount = paths['/api/refurbishment/counts']['get']['responses'][200]['content']['application/json']['benches'][number];
