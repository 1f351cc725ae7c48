/** Screens of prospects. */
import type { Screen } from "../screen.ts";

export const prospectScreens: readonly Screen[] = [
  { path: "/applications", load: () => import("../shared/applications/Applications.tsx"), nav: { word: "inbox", icon: "inbox" } },
  { path: "/applications/$id", load: () => import("../shared/application/ApplicationPage.tsx") },
];
