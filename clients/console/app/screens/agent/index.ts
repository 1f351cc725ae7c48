/** Screens of agents. */
import type { Screen } from "../screen.ts";

export const agentScreens: readonly Screen[] = [];
