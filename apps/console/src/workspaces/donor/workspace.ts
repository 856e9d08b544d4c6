import { PackageOpen } from 'lucide-react';
import type { Workspace } from '../workspace.js';

export const donor = { name: 'donor', roles: ['donor'], icon: PackageOpen, pages: ['lots'] } as const satisfies Workspace;
