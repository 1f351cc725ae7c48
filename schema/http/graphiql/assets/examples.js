// Owns what the tabs show to somebody who opens the page for the first time.
"use strict";

/** A key for an operation; crypto.randomUUID is missing where the page came over plain HTTP. */
function leadgateKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function leadgateExamples() {
  const variables = (values) => JSON.stringify(values, null, 2);
  return [
    {
      query: `# Sign in above: the token goes with all that you
# send. \`make run\` prints the demo's users.
query FirstLeads {
  viewer {
    user { name }
    roles
    account { points pointsOnHold }
  }
  leads(
    first: 3
    filter: { market: "demo", open: true, applied: false }
  ) {
    nodes {
      id
      title
      city
      fee
      visibility { verdict message }
      contact { fullName email phone }
    }
  }
}
`,
    },
    {
      query: `# As a vendor: the fee is set aside, and the prospect
# has 48 hours to answer: 48 seconds in the demo.
# First put a lead's id into the variables.
mutation Apply($input: ApplicationSubmitInput!) {
  applicationSubmit(input: $input) {
    application {
      id
      status
      visibility {
        verdict
        ruleId
        message
        changesAt
        changesTo
      }
      deadlines { kind dueAt }
    }
    userErrors { code field message }
  }
}
`,
      variables: variables({
        input: {
          leadId: "an id from FirstLeads",
          introduction: "We have done this before and can begin on Monday.",
          idempotencyKey: leadgateKey(),
        },
      }),
    },
    {
      query: `# As a vendor: events come when contact data opens
# to you. \`after\` takes viewer.feedCursor or the last
# event's cursor: nothing is missed in between.
subscription Reveals($after: Cursor) {
  reveals(after: $after) {
    ... on RevealEvent {
      cursor
      at
      lead { title }
      contact { fullName email phone }
      decision { ruleId reason policyVersion }
    }
    ... on FeedGap { cursor missed }
  }
}
`,
      variables: variables({ after: null }),
    },
    {
      query: `# As anybody: what you were told, and what you can
# do until when.
query LatestNotifications {
  viewer { feedCursor }
  notifications(first: 5) {
    nodes {
      kind
      at
      title
      body
      subject {
        ... on Application { id status vendor { name } }
        ... on Lead { id title }
      }
    }
  }
}
`,
    },
    {
      query: `# What the bar above does for you, and a program
# does itself: send \`Authorization: Bearer <accessToken>\`.
mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    accessToken
    refreshToken
    expiresAt
    viewer { user { name locale } roles }
    userErrors { code message }
  }
}
`,
      variables: variables({ input: { email: "vendor@demo.example", password: "" } }),
    },
  ];
}
