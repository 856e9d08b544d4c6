import { HandHeart } from 'lucide-react';
import type { Workspace } from '../workspace.js';

export const structure = { name: 'structure', roles: ['structure', 'relay'], icon: HandHeart, pages: ['needs', 'allocations', 'deliveries', 'returns'] } as const satisfies Workspace;
