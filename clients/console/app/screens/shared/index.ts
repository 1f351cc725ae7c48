/** Screens that every role has. */
import type { Screen } from "../screen.ts";

export const sharedScreens = {
  desk: { path: "/", load: () => import("./desk/Desk.tsx"), nav: { word: "desk", icon: "home" } },
  notices: { path: "/notices", load: () => import("./notices/Notices.tsx"), nav: { word: "notices", icon: "bell" } },
  settings: { path: "/settings", load: () => import("./settings/Settings.tsx"), nav: { word: "settings", icon: "gear" } },
} as const satisfies Record<string, Screen>;
