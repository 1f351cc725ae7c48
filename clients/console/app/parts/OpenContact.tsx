/** What goes with an open contact: how to get in touch with the person, and what is publicly known about them. */
import { lazy } from "react";
import { Boundary } from "./State.tsx";

const Advice = lazy(() => import("./Advice.tsx"));
const Known = lazy(() => import("./Known.tsx"));

export function ContactAdvice({ leadId }: { leadId: string }) {
  return (
    <Boundary rows={4}>
      <Advice leadId={leadId} />
    </Boundary>
  );
}

export function PubliclyKnown({ leadId }: { leadId: string }) {
  return (
    <Boundary rows={3}>
      <Known leadId={leadId} />
    </Boundary>
  );
}
