/** Notices that the server serves another build than this page, and reloads at a moment that loses nothing. */
import { useEffect } from "react";
import { Watched } from "./store.ts";

const HEADER = "X-Leadgate-Build";
const RELOADED = "leadgate.reloaded"; // in the tab's storage: the build after whose missing file the page reloaded
const own = document.documentElement.dataset["build"] ?? "";
const unsaved = new Set<symbol>();

/** Whether another build is served. */
export const outdated = new Watched(false);

export function noteBuild(headers: Headers): void {
  const served = headers.get(HEADER);
  if (served !== null && own !== "" && !own.startsWith("__") && served !== own) outdated.set(true);
}

/** Called before the page changes: loads the new build at the new address, unless a form would be lost. */
export function reloadInstead(href: string): boolean {
  if (!outdated.value || unsaved.size > 0) return false;
  location.assign(href);
  return true;
}

/** Keeps the page from being reloaded while a form has something that was not sent. */
export function useUnsaved(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return undefined;
    const mark = Symbol("form");
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    unsaved.add(mark);
    addEventListener("beforeunload", ask);
    return () => {
      unsaved.delete(mark);
      removeEventListener("beforeunload", ask);
    };
  }, [isUnsaved]);
}

/** A file of this build is gone: reloads once, because the server has another build. */
export function reloadForMissingFiles(): void {
  addEventListener("vite:preloadError", (event) => {
    if (sessionStorage.getItem(RELOADED) === own) return;
    sessionStorage.setItem(RELOADED, own);
    event.preventDefault();
    location.reload();
  });
}
