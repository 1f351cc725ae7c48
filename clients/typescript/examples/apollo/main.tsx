/** A vendor's desk with Apollo Client. */
import { ApolloProvider, useMutation, useQuery, useSubscription } from "@apollo/client/react";
import type { SocketStatus } from "leadgate-client";
import { Desk, Page } from "leadgate-example-screen";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { connect, session } from "./client.ts";
import { APPLY, COMPLAIN, DESK, REVEALS } from "./documents.ts";

function User() {
  const [status, setStatus] = useState<SocketStatus>({ live: false, since: Date.now() });
  const [{ client, close }] = useState(() => connect(setStatus));
  useEffect(() => close, [close]);
  return (
    <ApolloProvider client={client}>
      <Leads status={status} />
    </ApolloProvider>
  );
}

function Leads({ status }: { status: SocketStatus }) {
  const { data } = useQuery(DESK);
  const [apply] = useMutation(APPLY);
  const [complain] = useMutation(COMPLAIN);
  useSubscription(REVEALS);
  if (!data) return <p>…</p>;
  return (
    <Desk
      user={data.viewer.user.name}
      points={data.viewer.account?.points ?? 0}
      leads={data.leads.edges.map(({ node }) => ({
        ...node,
        message: node.visibility.message,
        status: node.application?.status ?? null,
      }))}
      status={status}
      apply={async (input) => {
        const { data } = await apply({ variables: { input } });
        return data?.applicationSubmit.userErrors[0]?.message ?? null;
      }}
      complain={async (input) => {
        const { data } = await complain({ variables: { input } });
        const { complaint, rowErrors, userErrors } = data!.complaintFile;
        return {
          number: complaint?.number ?? null,
          status: complaint?.status ?? null,
          total: complaint?.counts.total ?? 0,
          problems: [...userErrors, ...rowErrors].map(({ message }) => message),
        };
      }}
      signOut={() => session.signOut()}
    />
  );
}

createRoot(document.getElementById("root")!).render(
  <Page session={session}>{(userId) => <User key={userId} />}</Page>,
);
