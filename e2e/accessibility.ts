import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds wrong with the page as it is now. */
export async function violations(page: Page) {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

/** Both themes and both sizes, each once. */
export const LOOKS = [
  { colorScheme: 'light', size: 'desktop', viewport: { width: 1440, height: 900 } },
  { colorScheme: 'dark', size: 'phone', viewport: { width: 390, height: 844 } },
] as const;
