import { Waypoints } from 'lucide-react';
import type { Workspace } from '../workspace.js';

export const coordination = {
  name: 'coordination', roles: ['coordinator'], icon: Waypoints, pages: ['inbox', 'stock', 'rounds', 'shipments', 'objective'],
} as const satisfies Workspace;
