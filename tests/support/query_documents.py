"""Documents that request every field that a query can reach, so that responses can be searched for leaks.

No lead is queried by a known id: the viewer's lists and one node lead to all of them. Most are answered by
plans (`schema.graphql.fast_path`) from the second time on.
"""

from graphql import parse, print_ast, separate_operations

EVERYTHING = """
query Me { viewer { id user { ...User } account { ...Account } roles feedCursor callCursor
  notificationPreferences { group channel on switchable reason } devices { ...Device } pushKey
  calendarFeed { url createdAt lastReadAt }
  banners(first: 20) { ...Placed subject { __typename id ...Application ...Complaint } } } }
query One($ids: [ID!]!) { nodes(ids: $ids) { ...Node } }
query Leads {
  leads { edges { cursor node { ...Lead } } nodes { id } pageInfo { ...Page } totalCount
    totalCountIsExact }
}
query Applications {
  applications {
    edges { cursor node { ...Application lead { ...Lead } } } nodes { id } pageInfo { ...Page } totalCount
    totalCountIsExact
  }
}
query PlainLeads { leads(first: 100) { nodes { id title visibility { ruleId message }
  application { id status } contact { fullName organisation email phone phoneExtension otherEmails
  otherPhones registrationNumber linkedinUrl meetingUrl } } } }
query PlainApplications { applications(first: 100) { nodes { id status declineMessage introduction
  lead { id visibility { ruleId } contact { fullName organisation email phone } } } } }
query PlainDeliveries { deliveries(first: 100) { nodes { id kind lead { id visibility { ruleId }
  contact { fullName organisation email phone } } } } }
query Deliveries {
  deliveries {
    edges { cursor node { ...Delivery lead { ...Lead } } } nodes { id } pageInfo { ...Page } totalCount
    totalCountIsExact
  }
}
query Notifications {
  notifications {
    edges { cursor node { ...Notification } } nodes { id } pageInfo { ...Page } totalCount
    totalCountIsExact
  }
}
query Complaints {
  complaints { edges { cursor node { ...Complaint } } nodes { id } pageInfo { ...Page } totalCount
    totalCountIsExact }
}
query Dispatches {
  dispatches { edges { cursor node { ...Dispatch } } nodes { id } pageInfo { ...Page } }
}
query Disclosures {
  disclosures { edges { cursor node { ...Disclosure } } nodes { id } pageInfo { ...Page } totalCount
    totalCountIsExact }
}
query ContactLooks {
  contactLooks { edges { cursor node { ...Look } } nodes { id } pageInfo { ...Page } }
}
query Decisions {
  decisions(first: 10) { edges { cursor node { ...Record } } nodes { id } pageInfo { ...Page } }
}
query Rulesets { rulesets { name verdicts switches { name factLabel: label }
  facts { name kind values since seconds factLabel: label choices { value choiceLabel: label } }
  rules { ruleId requirement verdict sentence } } }
query Try { decisionTry(ruleset: "visibility", facts: {}) { ...Decision } }
query Check { policyCheck(input: {market: "main", parameters: {}}) { rulesetsHold counterexamples
  problems { code field message } changes { area changedField: field from to sentence } } }
query Activity { activityStatistics(period: {from: "2026-03-01T00:00:00Z", to: "2026-03-20T00:00:00Z"}) {
  begins reveals refunds pointsRefunded complaints } }
query Health { health { overdueDeadlines oldestOverdueSeconds outboxOldestSeconds feedLagSeconds reconciledAt
  overdueByKind { overdueKind: kind count oldestSeconds }
  findings { check findingSubject: subject message } } }
query PublicText { publicTextCheck(title: "A roof", brief: "Call +12125550199", country: "DE") {
  textField: field start end maskedKind: kind message } }
query Desk { viewer { id desk { counts { deskKind: kind count } due { dueKind: kind dueAt
  dueSubject: subject { __typename id ...Application ...Complaint } decision { ...Decision } } } } }
query Endpoints {
  webhookEndpoints { edges { cursor node { ...Endpoint } } nodes { id } pageInfo { ...Page } }
}
query PhoneSystems { phoneSystems { ...PhoneSystem } }
query Statistics { complaintStatistics { key name filed accepted rejected open noConsent medianDays
  overridden } }
query Service { service { now version build languages demo demoUsers { email name roles } } }
query Categories { leadCategories { categories { category leads } countsAreExact } }
query Sources { outsideSources { source on tells terms attribution askedToday failedToday awayUntil } }
query Markets { markets { edges { cursor node { ...Market } } nodes { id } pageInfo { ...Page } } }
query Policies { policies { edges { cursor node { ...Policy } } nodes { id } pageInfo { ...Page } } }
query Contacting { leads { nodes { id contacting { ...Contacting } } } }
query OptOutLists { optOutLists { ...OptOutList } }
query Senders {
  accounts { nodes { id senderProfile { version accepts signatures { language signatureText: text } } } } }
query Accounts { accounts { edges { cursor node { ...Account } } nodes { id } pageInfo { ...Page } } }
fragment Page on PageInfo { hasNextPage hasPreviousPage startCursor endCursor }
fragment User on User { id name email locale timeZone mobile }
fragment Account on Account {
  id name plan points pointsOnHold
  people { user { ...User } role since disabledAt }
  ledger { edges { cursor node { ...Entry } } nodes { id } pageInfo { ...Page } }
  files(orderBy: KIND) { edges { cursor node { ...File } } nodes { id } pageInfo { ...Page } }
  smartContactData { included on switchedOnAt switchedOnBy { id } keepHistory version freshFor keepFoundFor
    roles searches found sources { source on tells terms attribution } }
}
fragment File on File { id fileKind: kind name mediaType size createdAt url downloadUrl }
fragment Message on ComplaintMessage { id fromOperator text at }
fragment Placed on PlacedMessage {
  place title body placedAction: action actionUntil dismissible decision { ruleId message }
}
fragment Complaint on Complaint {
  placed { ...Placed subject { __typename id } }
  id version number complaintStatus: status submittedAt decideBy decidedAt escalatedAt vendor { ...Vendor }
  file { ...File } answerFile { ...File } counts { total accepted rejected underReview }
  items { edges { cursor node { ...Item } } nodes { id } pageInfo { ...Page } totalCount
    totalCountIsExact }
  messages { edges { cursor node { ...Message } } nodes { id } pageInfo { ...Page } }
}
fragment Item on ComplaintItem {
  id version row reason explanation verdict comment decidedAt remedy remedyPoints remedySettledAt
  overrideReason complaint { id } delivery { ...Delivery } itemDecision: decision { ...Decision }
  replacement { ...Delivery }
  evidence { check source at speaks conclusive confidence detail finding }
}
fragment Dispatch on Dispatch {
  id version channel template necessity dispatchState: state recipient addressHint createdAt notBefore
  nextAttemptAt expiresAt sentAt receipt receiptAt costCents dispatchComment: comment
  subject { __typename id ...Application ...Delivery ...Complaint }
  dispatchDecision: decision { ...Decision } retryDecision { ...Decision }
  attempts { number startedAt endedAt outcome code detail }
  preview { subject text html headers }
}
fragment Disclosure on Disclosure {
  id disclosedAt: at basis categories noticeState disclosedLead: lead { ...Lead } vendor { ...Vendor }
  disclosureDecision: decision { ...Decision } notice { ...Dispatch }
}
fragment Look on ContactLook { id lookedAt: at seenLead: lead { ...Lead } by { ...User } }
fragment Record on DecisionRecord {
  id ruleset recordedAt actor { ...User } recordedDecision: decision { ...Decision }
  decidedSubject: subject { __typename id } caused { __typename id ...Entry }
  definition { name verdicts facts { name } rules { ruleId } }
}
fragment Trial on PolicyTrial {
  id progress total doneAt differing pointsDifference
  byRuleset { ruleset decided differing pointsDifference }
  examples(first: 5) { edges { cursor node { record { ...Record } then { ...Decision } } }
    nodes { record { id } } pageInfo { ...Page } }
}
fragment Device on Device { id deviceKind: kind name createdAt lastAcceptedAt }
fragment Endpoint on WebhookEndpoint {
  id version endpointUrl: url events endpointState: state disabledBecause failingSince secretRotatesUntil
  createdAt dispatches(first: 2) { nodes { id } }
}
fragment PhoneSystem on PhoneSystem {
  id version systemName: name driver region publicUrl webhookUrl systemRotatesUntil: secretRotatesUntil
  lastEventAt users { key agent { ...User } }
  phoneEvents: events { edges { cursor node { ...PhoneEvent } } nodes { id } pageInfo { ...Page } }
}
fragment PhoneEvent on PhoneEvent {
  id phoneKind: kind phoneAt: at receivedAt phoneResult: result phoneDetail: detail phoneCall: call { id }
}
fragment Entry on LedgerEntry {
  id amount holdAmount unit balanceAfter holdAfter entryKind: kind at
  subject { __typename id ...Application ... on Delivery { lead { contact { fullName email phone } } } }
  decision { ...Decision }
}
fragment Decision on Decision {
  verdict outcome ruleId reason policyVersion decidedAt facts changesAt changesTo nextOutcome message
  factsInWords others { ruleId reason message failed failedConditions } recordId
}
fragment Policy on Policy {
  id policyVersion: version marketCode effectiveFrom parameters pinnedCases
  parameterFields { area field unit low high values areaLabel parameterLabel: label }
  terms { applicationFee openFor revealAfter reviewReminderAfter complaintWindow complaintDecision }
}
fragment Market on Market { id code name currency languages policy { ...Policy } }
fragment Vendor on Vendor { id name }
fragment Delivery on Delivery { id deliveryKind: kind receivedAt points complaintUntil lead { id }
  complaintItem { id } replacementFor { id }
}
fragment Application on Application {
  calendarEvent { state startsAt endsAt allDay sequence file }
  id version lead { id contact { fullName } } vendor { ...Vendor } policy { ...Policy }
  introduction status fee submittedAt receivedAt reviewedAt answeredAt revealedAt refundedAt meetingAt
  proposedMeetingAt declineMessage visibility { ...Decision } refund { ...Decision }
  deadlines { kind dueAt doneAt outcome } placed { ...Placed subject { __typename id } }
  chat { access { ...Decision } unread maskedAttempts { vendor prospect } firstUnread { ...ChatMessage } }
  messages(first: 3) { edges { cursor node { ...ChatMessage } } nodes { id } pageInfo { ...Page } }
}
fragment ChatMessage on ChatMessage {
  id cursor side author at text masked { start end spanKind: kind } shownToOther readByOtherAt
  chatDecision: decision { ...Decision } chatApplication: application { id lead { id contact { fullName } } }
}
fragment Lead on Lead {
  id prospectId title brief category city country budgetMin budgetMax currency source publishedAt closesAt fee
  market { ...Market } application { ...Application } delivery { ...Delivery }
  visibility { ...Decision } offer { mode kind points placesLeft }
  smartData { ...Knowledge } organisation { ...Organisation }
  contact {
    fullName organisation email phone phoneExtension otherEmails otherPhones registrationNumber linkedinUrl
    meetingUrl preferredChannel timeZone address { street postalCode city region country }
  }
  applications { edges { cursor node { ...Application } } nodes { id } pageInfo { ...Page } totalCount
    totalCountIsExact }
}
fragment Knowledge on SmartData {
  access { ...Decision } search { ...Decision } running { ...Search } last { ...Search }
  found(history: true) { ...Found supersededBy { id } }
}
fragment Search on SmartDataSearch {
  id state askedAt endedAt found points askedBy { id }
  outcomes { source outcome milliseconds } addressCheck { status at }
}
fragment Found on FoundField {
  id kind about value url image source sourceUrl foundAt statedAt expiresAt confidence conflicting keptUntil
  attribution
}
fragment Organisation on Organisation {
  id version name smartData { ...Knowledge }
  domain { name person { id } skipped { reason lead { id } } }
  people { edges { cursor node { id contact { fullName } } } nodes { id } pageInfo { ...Page } totalCount
    totalCountIsExact }
}
fragment Contacting on Contacting {
  permissions { medium right { ...Decision } permission { ...Decision } hours { ...Hours } callsToday
    callsThisMonth }
  stops { ...Stop } attempts { edges { cursor node { ...Attempt } } nodes { id } pageInfo { ...Page } }
  profile { version status days temper knowsNumber } statements { ...Statement }
  preference { ...Decision } question
  advice { id advice { ...Decision } because { ...Decision } moment { ...Decision } bestFrom bestUntil
    hours { ...Hours } warnings meanwhile lead checklist { key text reason } }
}
fragment Hours on CallingHours { opensAt closesAt localTime zones zoneFrom law checkedOn }
fragment Stop on DoNotContact { id scope stoppedMedium: medium since stoppedUntil: until
  stopOrigin: origin liftedAt }
fragment Attempt on ContactAttempt { id triedMedium: medium triedAt: at triedOutcome: outcome bySystem
  againstStop triedGoal: goal citedAdvice: advice { ...Decision } }
fragment Statement on ContactStatement {
  id statementKind: kind statedOn: at statementOrigin: origin strong wholeHouse holdsUntil: until takenBackAt
}
fragment OptOutList on OptOutList {
  id listName: name listCountry: country listMedium: medium listKind: kind entries refreshedAt staleFrom
}
fragment Notification on Notification {
  id cursor notificationKind: kind placements title body at readAt action actionUntil current
  account { ...Account }
  subject { __typename id ...Application ...Lead }
}
fragment Node on Node {
  __typename id ...Lead ...Application ...Delivery ...Notification ...Entry ...Account ...User ...Market
  ...Policy ...Vendor ...Complaint ...Item ...Message ...ChatMessage ...File ...Disclosure ...Look
  ...Dispatch ...Device ...Endpoint ...PhoneSystem ...PhoneEvent
  ...Stop ...Attempt ...Statement ...OptOutList ...Record ...Trial
}
"""

# Each root field is requested separately, so that the refusal of one is never mistaken for another's.
DOCUMENTS = [print_ast(document) for document in separate_operations(parse(EVERYTHING)).values()]
