/** What the frame knows of a screen: its address, its code, and its place in the navigation. */
import { useParams } from "@tanstack/react-router";
import type { ComponentType } from "react";
import type { IconName } from "../parts/Icon.tsx";
import type { useCommon } from "../words/common.ts";

export type NavWord = keyof ReturnType<typeof useCommon>["nav"];

export interface Screen {
  /** Below `/console`, such as `/leads/$id`. */
  readonly path: string;
  /** Loads the screen's code when it is first opened. */
  readonly load: () => Promise<{ default: ComponentType }>;
  /** Its entry in the navigation, if it has one. */
  readonly nav?: { readonly word: NavWord; readonly icon: IconName };
}

/** The part of the address that `$name` stands for. */
export function useParam(name: string): string {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  return params[name] ?? "";
}
