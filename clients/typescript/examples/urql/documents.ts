/** The operations of the screen. */
import { gql, type TypedDocumentNode } from "@urql/core";

export interface Lead {
  readonly id: string;
  readonly title: string;
  readonly fee: number;
  readonly visibility: { readonly message: string };
  readonly application: { readonly id: string; readonly status: string } | null;
  readonly contact: { readonly fullName: string; readonly email: string | null } | null;
}

export interface DeskData {
  readonly viewer: {
    readonly user: { readonly id: string; readonly name: string };
    readonly account: { readonly id: string; readonly points: number } | null;
  };
  readonly leads: { readonly edges: readonly { readonly node: Lead }[] };
}

export const DESK: TypedDocumentNode<DeskData, {}> = gql`
  query Desk {
    viewer {
      user {
        id
        name
      }
      account {
        id
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
            id
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

export interface ApplyInput {
  readonly leadId: string;
  readonly introduction: string;
  readonly idempotencyKey: string;
}

interface UserError {
  readonly message: string;
}

export const APPLY: TypedDocumentNode<
  { readonly applicationSubmit: { readonly userErrors: readonly UserError[] } },
  { input: ApplyInput }
> = gql`
  mutation Apply($input: ApplicationSubmitInput!) {
    applicationSubmit(input: $input) {
      application {
        id
        status
        lead {
          id
          visibility {
            message
          }
          application {
            id
          }
        }
      }
      account {
        id
        points
      }
      userErrors {
        message
      }
    }
  }
`;

/** Writes the contact into the lead that the list shows. */
export const REVEALS: TypedDocumentNode<unknown, {}> = gql`
  subscription Reveals($after: Cursor) {
    reveals(after: $after) {
      __typename
      ... on RevealEvent {
        cursor
        lead {
          id
          visibility {
            message
          }
          contact {
            fullName
            email
          }
        }
        application {
          id
          status
        }
      }
      ... on FeedGap {
        cursor
      }
    }
  }
`;

export interface FiledData {
  readonly complaintFile: {
    readonly complaint: {
      readonly id: string;
      readonly number: string;
      readonly status: string;
      readonly counts: { readonly total: number };
    } | null;
    readonly rowErrors: readonly { readonly row: number; readonly message: string }[];
    readonly userErrors: readonly UserError[];
  };
}

export const COMPLAIN: TypedDocumentNode<FiledData, { input: { file: File; idempotencyKey: string } }> = gql`
  mutation Complain($input: ComplaintFileInput!) {
    complaintFile(input: $input) {
      complaint {
        id
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
