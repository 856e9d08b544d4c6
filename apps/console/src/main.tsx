import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import './page.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.js';
import { startI18n } from './i18n/i18n.js';
import { router } from './router.js';
import { loadSession } from './session/load-session.js';
import { Messages } from './shell/messages.js';
import { NoAnswer } from './shell/no-answer.js';
import { cssVariables, theme } from './theme.js';

const place = document.getElementById('console');
if (!place) throw new Error('index.html has no place for the console');

const [known] = await Promise.all([loadSession(), startI18n()]);
if (known === 'known') void import('./offline/start-offline.js').then(({ startOffline }) => startOffline());
// While the browser is on its way to the sign-in page, nothing is shown.
if (known !== 'leaving') {
  createRoot(place).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <Messages />
          {known === 'known' ? <RouterProvider router={router} /> : <NoAnswer />}
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
