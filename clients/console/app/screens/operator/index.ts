/** Screens of operators. */
import type { Screen } from "../screen.ts";

export const operatorScreens: readonly Screen[] = [
  { path: "/complaints", load: () => import("./complaints/Queue.tsx"), nav: { word: "complaints", icon: "scale" } },
  { path: "/complaints/$id", load: () => import("./complaints/Review.tsx") },
  { path: "/decisions", load: () => import("./decisions/Decisions.tsx"), nav: { word: "decisions", icon: "list" } },
  { path: "/decisions/looks", load: () => import("./decisions/Looks.tsx") },
  { path: "/decisions/$id", load: () => import("./decisions/Record.tsx") },
  { path: "/policies", load: () => import("./policies/Policies.tsx"), nav: { word: "policies", icon: "book" } },
  { path: "/policies/new", load: () => import("./policies/NewPolicy.tsx") },
  { path: "/outbox", load: () => import("./outbox/Outbox.tsx"), nav: { word: "outbox", icon: "mail" } },
  { path: "/outbox/$id", load: () => import("./outbox/Message.tsx") },
  { path: "/fairness", load: () => import("./fairness/Fairness.tsx"), nav: { word: "fairness", icon: "chart" } },
  { path: "/statistics", load: () => import("../shared/statistics/Statistics.tsx"), nav: { word: "statistics", icon: "trend" } },
  { path: "/leads", load: () => import("./leads/AllLeads.tsx"), nav: { word: "allLeads", icon: "search" } },
  { path: "/leads/new", load: () => import("../shared/publish/Publish.tsx") },
  { path: "/leads/import", load: () => import("./import/Import.tsx") },
  { path: "/leads/$id", load: () => import("./lead/AnyLead.tsx") },
  { path: "/accounts", load: () => import("./accounts/Accounts.tsx"), nav: { word: "accounts", icon: "users" } },
  { path: "/accounts/$id", load: () => import("./accounts/Account.tsx") },
  { path: "/disclosures", load: () => import("./register/Register.tsx"), nav: { word: "register", icon: "shield" } },
  { path: "/health", load: () => import("./health/Health.tsx"), nav: { word: "health", icon: "heart" } },
];
