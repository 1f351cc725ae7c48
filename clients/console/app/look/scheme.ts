/** Dark or light: the system's choice, unless the user has chosen for this browser. */
import { Watched } from "../data/store.ts";

export type Scheme = "system" | "light" | "dark";
const NAME = "leadgate.scheme";

function stored(): Scheme {
  try {
    const found = localStorage.getItem(NAME);
    return found === "light" || found === "dark" ? found : "system";
  } catch {
    return "system";
  }
}

export const scheme = new Watched<Scheme>(stored());

function show(): void {
  document.documentElement.dataset["scheme"] = scheme.value;
}

export function choose(next: Scheme): void {
  scheme.set(next);
  show();
  try {
    if (next === "system") localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, next);
  } catch {
    // Storage is disabled: the choice lasts as long as the page.
  }
}

show();
addEventListener("storage", ({ key }) => {
  if (key !== NAME) return;
  scheme.set(stored());
  show();
});
