import { Waypoints } from 'lucide-react';
import type { Workspace } from '../workspace.js';

export const coordination = { name: 'coordination', roles: ['coordinator'], icon: Waypoints, pages: ['inbox'] } as const satisfies Workspace;
