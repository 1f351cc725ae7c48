/** Screens of prospects. */
import type { Screen } from "../screen.ts";

export const prospectScreens: readonly Screen[] = [];
