/** The screens of each role. */
import type { Feed } from "../data/live.ts";
import { agentScreens } from "./agent/index.ts";
import { operatorScreens } from "./operator/index.ts";
import { prospectScreens } from "./prospect/index.ts";
import type { Screen } from "./screen.ts";
import { sharedScreens } from "./shared/index.ts";
import { vendorScreens } from "./vendor/index.ts";

const OF_ROLE: Readonly<Record<string, readonly Screen[]>> = {
  OWNER: vendorScreens,
  MEMBER: vendorScreens,
  PROSPECT: prospectScreens,
  OPERATOR: operatorScreens,
  AGENT: agentScreens,
};

/** In the order of the navigation: the desk, the role's own, the notices, the settings. */
export function screensOf(role: string): readonly Screen[] {
  return [sharedScreens.desk, ...(OF_ROLE[role] ?? []), sharedScreens.notices, sharedScreens.settings];
}

/** The feeds that a role may follow. */
export function feedsOf(role: string): readonly Feed[] {
  return role === "OWNER" || role === "MEMBER" ? ["notifications", "reveals"] : ["notifications"];
}
