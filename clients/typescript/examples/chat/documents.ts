/** The operations of the page, and the shape of what they return. */
export interface Message {
  readonly id: string;
  readonly cursor: string;
  readonly side: string;
  readonly author: string;
  readonly text: string;
  readonly shownToOther: string | null;
  readonly readByOtherAt: string | null;
  readonly decision: { readonly message: string; readonly changesAt: string | null };
}

export interface Thread {
  readonly service: { readonly now: string };
  readonly node: {
    readonly chat: { readonly unread: number; readonly access: { readonly outcome: string; readonly message: string } };
    readonly messages: { readonly nodes: readonly Message[] };
  };
}

export type Update = { readonly __typename: string; readonly cursor: string };

const MESSAGE = "id cursor side author text shownToOther readByOtherAt decision { message changesAt }";

/** The newest application of a vendor, or for the leads of a prospect. */
export const NEWEST = "query Newest { applications(first: 1) { nodes { id } } }";

export const THREAD = `query Thread($id: ID!) {
  service { now }
  node(id: $id) { ... on Application {
    chat { unread access { outcome message } }
    messages(last: 50) { nodes { ${MESSAGE} } }
  } }
}`;

export const FOLLOW = `subscription Follow($id: ID!, $after: Cursor) {
  chatMessages(applicationId: $id, after: $after) {
    __typename
    ... on ChatMessage { cursor }
    ... on ChatReadMark { cursor }
    ... on FeedGap { cursor }
  }
}`;

export const SEND = `mutation Send($input: ChatMessageSendInput!) {
  chatMessageSend(input: $input) { message { id } userErrors { message } }
}`;

export const READ = `mutation Read($input: ChatReadInput!) {
  chatRead(input: $input) { chat { unread } userErrors { message } }
}`;
