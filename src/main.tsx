import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { createPageSession, showStates } from './app/session';
import './app/styles.css';
import { followTheme } from './app/theme';
import { followView } from './app/view';
import { startPersistence } from './features/canvas';
import { SessionProvider } from './state/session';
import { PanelBoundary } from './ui/PanelBoundary';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');

const session = createPageSession();
followTheme(session.store);
followView(session.store);
showStates(session);
void startPersistence();
void session.memory.restore();
void session.controller.describe();

createRoot(root).render(
  <StrictMode>
    <PanelBoundary name="The page">
      <SessionProvider session={session}>
        <App />
      </SessionProvider>
    </PanelBoundary>
  </StrictMode>,
);
