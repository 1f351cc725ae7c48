/** Screens of agents. */
import type { Screen } from "../screen.ts";

export const agentScreens: readonly Screen[] = [
  { path: "/calls", load: () => import("./calls/Calls.tsx"), nav: { word: "calls", icon: "phone" } },
  { path: "/calls/$id", load: () => import("./calls/CallPage.tsx") },
];
