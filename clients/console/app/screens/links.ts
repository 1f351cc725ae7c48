/** Where the objects of the API are shown, if this role has a screen for them. */
import { useRouter } from "@tanstack/react-router";

const PATHS: Readonly<Record<string, string>> = {
  Application: "/applications/$id",
  Complaint: "/complaints/$id",
  Lead: "/leads/$id",
  Delivery: "/contacts",
  DecisionRecord: "/decisions/$id",
  Dispatch: "/outbox/$id",
};

/** Returns a function that gives the address of an object's screen, or null without one. */
export function useSubjectHref(): (subject: { readonly __typename: string; readonly id?: string | undefined } | null | undefined) => string | null {
  const { routesByPath } = useRouter();
  return (subject) => {
    const path = subject && PATHS[subject.__typename];
    if (!path || !(path in routesByPath)) return null;
    return path.replace("$id", encodeURIComponent(subject.id ?? ""));
  };
}
