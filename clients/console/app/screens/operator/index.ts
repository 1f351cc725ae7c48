/** Screens of operators. */
import type { Screen } from "../screen.ts";

export const operatorScreens: readonly Screen[] = [];
