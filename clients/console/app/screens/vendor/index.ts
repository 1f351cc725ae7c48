/** Screens of vendors: owners and members of an account. */
import type { Screen } from "../screen.ts";

export const vendorScreens: readonly Screen[] = [
  { path: "/leads", load: () => import("./leads/Leads.tsx"), nav: { word: "leads", icon: "search" } },
  { path: "/leads/$id", load: () => import("./lead/LeadPage.tsx") },
  { path: "/applications", load: () => import("../shared/applications/Applications.tsx"), nav: { word: "applications", icon: "list" } },
  { path: "/applications/$id", load: () => import("../shared/application/ApplicationPage.tsx") },
  { path: "/contacts", load: () => import("./contacts/Contacts.tsx"), nav: { word: "contacts", icon: "users" } },
  { path: "/complaints", load: () => import("./complaints/Complaints.tsx"), nav: { word: "complaints", icon: "scale" } },
  { path: "/complaints/new", load: () => import("./complain/Complain.tsx") },
  { path: "/complaints/$id", load: () => import("./complaint/Complaint.tsx") },
  { path: "/points", load: () => import("./points/PointsPage.tsx"), nav: { word: "points", icon: "coins" } },
  { path: "/statistics", load: () => import("../shared/statistics/Statistics.tsx"), nav: { word: "statistics", icon: "trend" } },
  { path: "/files", load: () => import("./files/Files.tsx"), nav: { word: "files", icon: "file" } },
  { path: "/calls", load: () => import("./calls/CallBoard.tsx"), nav: { word: "calls", icon: "phone" } },
  { path: "/calls/$id", load: () => import("./calls/CompanyCall.tsx") },
  { path: "/calls/absences", load: () => import("./calls/Absences.tsx") },
  { path: "/calls/coverage", load: () => import("./calls/Coverage.tsx") },
  { path: "/calls/vips", load: () => import("./calls/Vips.tsx") },
  { path: "/calls/statistics", load: () => import("./calls/CallStatistics.tsx") },
];
