/** The data of the desk. */
import type { SocketStatus } from "leadgate-client";
import { Desk, type Filed } from "leadgate-example-screen";
import { useMemo } from "react";
import { graphql, useLazyLoadQuery, useMutation, useSubscription } from "react-relay";
import { session } from "./client.ts";
import type { DeskApplyMutation } from "./__generated__/DeskApplyMutation.graphql.ts";
import type { DeskComplainMutation } from "./__generated__/DeskComplainMutation.graphql.ts";
import type { DeskQuery } from "./__generated__/DeskQuery.graphql.ts";
import type { DeskRevealsSubscription } from "./__generated__/DeskRevealsSubscription.graphql.ts";

const DESK = graphql`
  query DeskQuery {
    viewer {
      user {
        name
      }
      account {
        points
      }
    }
    leads(first: 5, filter: { market: "demo", open: true }) {
      edges {
        node {
          id
          title
          fee
          visibility {
            message
          }
          application {
            status
          }
          contact {
            fullName
            email
          }
        }
      }
    }
  }
`;

const APPLY = graphql`
  mutation DeskApplyMutation($input: ApplicationSubmitInput!) {
    applicationSubmit(input: $input) {
      application {
        status
        lead {
          visibility {
            message
          }
          application {
            id
          }
        }
      }
      account {
        points
      }
      userErrors {
        message
      }
    }
  }
`;

/** Writes the contact into the lead that the list shows. */
const REVEALS = graphql`
  subscription DeskRevealsSubscription($after: Cursor) {
    reveals(after: $after) {
      __typename
      ... on RevealEvent {
        cursor
        lead {
          visibility {
            message
          }
          contact {
            fullName
            email
          }
        }
        application {
          status
        }
      }
      ... on FeedGap {
        cursor
      }
    }
  }
`;

const COMPLAIN = graphql`
  mutation DeskComplainMutation($input: ComplaintFileInput!) {
    complaintFile(input: $input) {
      complaint {
        number
        status
        counts {
          total
        }
      }
      rowErrors {
        row
        message
      }
      userErrors {
        message
      }
    }
  }
`;

type Errors = readonly { readonly message: string }[] | null;

/** A mutation was refused as a whole if its field is null. */
const refused = (errors: Errors) => new Error(errors?.[0]?.message ?? "The mutation was refused.");

/** `readings` increases after each gap, and the lists are then queried again. */
export function Leads({ status, readings }: { status: SocketStatus; readings: number }) {
  const options = { fetchKey: readings, fetchPolicy: "store-and-network" } as const;
  const { viewer, leads } = useLazyLoadQuery<DeskQuery>(DESK, {}, options);
  const [apply] = useMutation<DeskApplyMutation>(APPLY);
  const [complain] = useMutation<DeskComplainMutation>(COMPLAIN);
  useSubscription<DeskRevealsSubscription>(useMemo(() => ({ subscription: REVEALS, variables: {} }), []));
  return (
    <Desk
      user={viewer?.user.name ?? ""}
      points={viewer?.account?.points ?? 0}
      leads={(leads?.edges ?? []).map(({ node }) => ({
        ...node,
        message: node.visibility.message,
        status: node.application?.status ?? null,
      }))}
      status={status}
      apply={(input) =>
        new Promise((resolve, onError) => {
          const onCompleted = ({ applicationSubmit }: DeskApplyMutation["response"], errors: Errors) =>
            applicationSubmit
              ? resolve(applicationSubmit.userErrors[0]?.message ?? null)
              : onError(refused(errors));
          apply({ variables: { input }, onCompleted, onError });
        })
      }
      complain={(input) =>
        new Promise<Filed>((resolve, onError) => {
          const onCompleted = ({ complaintFile }: DeskComplainMutation["response"], errors: Errors) => {
            if (!complaintFile) return onError(refused(errors));
            const { complaint, rowErrors, userErrors } = complaintFile;
            resolve({
              number: complaint?.number ?? null,
              status: complaint?.status ?? null,
              total: complaint?.counts.total ?? 0,
              problems: [...userErrors, ...rowErrors].map(({ message }) => message),
            });
          };
          complain({ variables: { input }, onCompleted, onError });
        })
      }
      signOut={() => session.signOut()}
    />
  );
}
