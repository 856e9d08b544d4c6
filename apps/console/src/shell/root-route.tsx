import { createRootRoute } from '@tanstack/react-router';
import { Frame } from './frame.js';

/** Every page stands in the frame. */
export const rootRoute = createRootRoute({ component: Frame });
