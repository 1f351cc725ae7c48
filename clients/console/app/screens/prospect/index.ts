/** Screens of prospects. */
import type { Screen } from "../screen.ts";

export const prospectScreens: readonly Screen[] = [
  { path: "/applications", load: () => import("../shared/applications/Applications.tsx"), nav: { word: "inbox", icon: "inbox" } },
  { path: "/applications/$id", load: () => import("../shared/application/ApplicationPage.tsx") },
  { path: "/leads", load: () => import("./leads/MyLeads.tsx"), nav: { word: "myLeads", icon: "list" } },
  { path: "/leads/new", load: () => import("../shared/publish/Publish.tsx") },
  { path: "/disclosures", load: () => import("./disclosures/Disclosures.tsx"), nav: { word: "disclosures", icon: "shield" } },
];
