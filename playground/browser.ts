/** The playground in a browser: a desk of a small company, and the page that shows it. */
import { openDesk } from "./company.ts";
import type { Playground, PlaygroundOptions } from "./playground.ts";
import type { Setting } from "./story/deed.ts";
import { type PageOptions, type ServedPage, servePage } from "./web/server.ts";

/** A desk, and the page that shows it. */
export async function openBrowserPlayground(
  { language, isUnclaimed = false, awaitsToken = false, write, ...page }:
    & Setting
    & Pick<PlaygroundOptions, "write" | "awaitsToken">
    & Omit<PageOptions, "playground" | "setting">,
): Promise<{ playground: Playground; page: ServedPage; close(): Promise<void> }> {
  const setting = { language, isUnclaimed };
  const playground = await openDesk(setting, { write, awaitsToken });
  const served = await servePage({ ...page, playground, setting });
  return {
    playground,
    page: served,
    close: async () => {
      await served.close();
      await playground.close();
    },
  };
}
