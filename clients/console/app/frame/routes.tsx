/** The routes, made from the screens of a role. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type AnyRouter } from "@tanstack/react-router";
import { home } from "../data/session.ts";
import { NotFound } from "../parts/State.tsx";
import type { Screen } from "../screens/screen.ts";
import { Shell } from "./Shell.tsx";

/** Search parameters are texts: the filters of screens read them. */
const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search));

function stringifySearch(search: Record<string, unknown>): string {
  const text = new URLSearchParams(Object.entries(search).map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}

export function createConsoleRouter(screens: readonly Screen[]): AnyRouter {
  const root = createRootRoute({ component: () => <Shell screens={screens} />, notFoundComponent: NotFound });
  const routes = screens.map(({ path, load }) =>
    createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) }),
  );
  return createRouter({
    routeTree: root.addChildren(routes),
    basepath: home.pathname,
    parseSearch,
    stringifySearch,
    defaultPreload: false,
    scrollRestoration: true,
  });
}
