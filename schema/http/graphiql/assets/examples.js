// Default tabs for a first visit.
"use strict";

/** An idempotency key; crypto.randomUUID is not available on pages loaded over plain HTTP. */
function leadgateKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Eleven o'clock on the next Sunday after a date. */
function leadgateNextSunday(now) {
  const days = 7 - now.getDay();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 11);
}

/** The fourteen days that begin now. */
function leadgateTwoWeeks(now) {
  const to = new Date(now.getTime() + 14 * 24 * 60 * 60 * 1_000);
  return { from: now.toISOString(), to: to.toISOString() };
}

function leadgateExamples() {
  const variables = (values) => JSON.stringify(values, null, 2);
  return [
    {
      query: `# Sign in above: the token is sent with every
# request. \`make run\` prints the demo users.
query FirstLeads {
  viewer {
    id
    user { id name }
    roles
    account { id points pointsOnHold }
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
      visibility { outcome message }
      contact { fullName email phone }
    }
  }
}
`,
    },
    {
      query: `# As a vendor: the fee is held, and the prospect has
# 48 hours to answer (48 seconds in the demo).
# First, set leadId in the variables.
mutation Apply($input: ApplicationSubmitInput!) {
  applicationSubmit(input: $input) {
    application {
      id
      status
      visibility {
        outcome
        ruleId
        message
        changesAt
        nextOutcome
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
          introduction: "We have done similar work and can start on Monday.",
          idempotencyKey: leadgateKey(),
        },
      }),
    },
    {
      query: `# As a vendor: an event arrives when contact data is
# revealed to you. Set \`after\` to viewer.feedCursor or
# the last event's cursor so that you miss nothing.
subscription Reveals($after: Cursor) {
  reveals(after: $after) {
    ... on RevealEvent {
      cursor
      at
      lead { id title }
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
      query: `# As any user: your notifications, with what you can
# do and until when.
query LatestNotifications {
  viewer { id feedCursor }
  notifications(first: 5) {
    nodes {
      id
      kind
      at
      title
      body
      subject {
        ... on Application { id status vendor { id name } }
        ... on Lead { id title }
      }
    }
  }
}
`,
    },
    {
      query: `# As a vendor: who gets this call, and why? First,
# nobody in particular is wanted. Set employeeId in
# the variables to an id from \`employees\`.
query WhoGetsThisCall($input: CallRoutePreviewInput!) {
  secretariat {
    id
    phoneNumbers
    employees(first: 5) {
      nodes {
        id
        displayName
        transfer
        availability { state said backOn }
      }
    }
  }
  callRoutePreview(input: $input) {
    script { greeting vips { id name note } }
    routes {
      standing
      changesAt
      routes {
        action
        employee { id displayName }
        number
        announcement
        decision { ruleId message }
      }
      skipped {
        employee { id displayName }
        said
        decision { ruleId message }
      }
    }
  }
}
`,
      variables: variables({
        input: { caller: "+49 30 23125 417", employeeId: null },
      }),
    },
    {
      query: `# As a vendor: who gets it on Sunday? Set employeeId
# to the one of WhoGetsThisCall to compare.
query WhoGetsItOnSunday($input: CallRoutePreviewInput!) {
  callRoutePreview(input: $input) {
    at
    routes {
      routes {
        action
        employee { id displayName }
        decision { ruleId message }
      }
      skipped {
        employee { id displayName }
        said
        decision { ruleId message }
      }
    }
  }
}
`,
      variables: variables({
        input: {
          caller: "+49 30 23125 417",
          employeeId: null,
          at: leadgateNextSunday(new Date()).toISOString(),
        },
      }),
    },
    {
      query: `# As a vendor: when would nobody get a call in the
# next two weeks, and why? \`expected\` is by default
# the working hours of all employees.
query Coverage($input: CallCoverageInput!) {
  callCoverage(input: $input) {
    reachableSeconds
    expectedSeconds
    gaps { from to reasons { ruleId reason employees } }
  }
}
`,
      variables: variables({
        input: {
          period: leadgateTwoWeeks(new Date()),
          expected: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
            weekday,
            from: "08:00",
            until: "18:00",
          })),
        },
      }),
    },
    {
      query: `# As an agent: what happens to calls. Let one ring:
# .venv/bin/leadgate phone ring
subscription CallUpdates($after: Cursor) {
  callUpdates(after: $after) {
    ... on CallEvent {
      cursor
      change
      at
      mine
      call {
        id
        version
        state
        caller
        closesAt
        outcome
        flags
        wantedEmployee { id displayName }
      }
    }
    ... on FeedGap { cursor missed }
  }
}
`,
      variables: variables({ after: null }),
    },
    {
      query: `# As an agent: answer a call. First, set callId in the
# variables: \`leadgate phone ring\` prints it.
mutation AnswerCall($input: CallAnswerInput!) {
  callAnswer(input: $input) {
    call {
      id
      version
      state
      closesAt
      script {
        greeting
        handlingInstruction
        warnings
        askedFields { key label kind required }
        vip { id name note }
        faq { id question answer }
      }
      routes {
        routes {
          action
          number
          announcement
          employee { id displayName }
          decision { ruleId message }
        }
        skipped {
          employee { id displayName }
          said
          decision { ruleId message }
        }
      }
    }
    userErrors { code message }
  }
}
`,
      variables: variables({ input: { callId: "" } }),
    },
    {
      query: `# As a vendor: whether the people behind your leads may
# be contacted, by which law, and which way is best.
# \`at\` asks "what if I call on Monday at nine?".
query Contacting($at: DateTime) {
  deliveries(first: 10) {
    nodes {
      id
      lead {
        id
        title
        contacting {
          permissions(at: $at) {
            medium
            right { outcome message }
            permission { outcome message changesAt }
            hours { opensAt closesAt localTime law checkedOn }
          }
          advice(goal: TRIAL, at: $at) {
            id
            advice { outcome message }
            because { ruleId message }
            bestFrom
            bestUntil
            meanwhile
            checklist { key text }
          }
        }
      }
    }
  }
}
`,
      variables: variables({ at: null }),
    },
    {
      query: `# As an owner: switch smart contact data on. Then look
# somebody up by \`smartDataSearch\`.
mutation SwitchOn($input: SmartDataSettingsUpdateInput!) {
  smartDataSettingsUpdate(input: $input) {
    settings {
      on
      version
      roles
      sources { source on tells }
    }
    userErrors { code field message }
  }
}
`,
      variables: variables({
        input: {
          on: true,
          acceptsRoles: true,
          sources: [
            { source: "GRAVATAR", on: true },
            { source: "OPENPGP", on: true },
            { source: "RDAP", on: true },
            { source: "VIES", on: true },
          ],
          expectedVersion: 0,
        },
      }),
    },
    {
      query: `# As a vendor: look up the person behind a lead that is
# open to you. First, set leadId in the variables.
mutation LookUp($input: SmartDataSearchInput!) {
  smartDataSearch(input: $input) {
    search { id state }
    smartData {
      access { outcome message }
      search { outcome message changesAt }
      found {
        id
        kind
        value
        source
        sourceUrl
        confidence
        conflicting
        attribution
      }
    }
    userErrors { code message }
  }
}
`,
      variables: variables({ input: { leadId: "", idempotencyKey: leadgateKey() } }),
    },
    {
      query: `# The bar above does this for you. In a program,
# send \`Authorization: Bearer <accessToken>\`.
mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    accessToken
    refreshToken
    expiresAt
    viewer { id user { id name locale } roles }
    userErrors { code message }
  }
}
`,
      variables: variables({ input: { email: "vendor@demo.example", password: "" } }),
    },
  ];
}
