// Other people who use the API while a page is tested: the prospect who answers, and a program of the vendor that reads
// the ids for a complaint.
import assert from "node:assert/strict";

export class People {
  #url;
  #password;

  constructor(url, password) {
    this.#url = url;
    this.#password = password;
  }

  async #ask(token, query, variables = {}) {
    const response = await fetch(this.#url, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    assert.equal(errors, undefined, JSON.stringify(errors));
    return data;
  }

  async #signIn(who) {
    const input = { email: `${who}@demo.example`, password: this.#password };
    const query = "mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }";
    return (await this.#ask(null, query, { input })).signIn.accessToken;
  }

  /** A function that sends documents as one of the demo's users. */
  async as(who) {
    const token = await this.#signIn(who);
    return (query, variables) => this.#ask(token, query, variables);
  }

  /** The prospect accepts the application for a lead; returns the lead's contact. */
  async accept(leadId) {
    const token = await this.#signIn("prospect");
    const lead = `query ($id: ID!) { node(id: $id) { ... on Lead {
      contact { fullName email } applications(first: 10) { nodes { id status } } } } }`;
    const { contact, applications } = (await this.#ask(token, lead, { id: leadId })).node;
    const { id } = applications.nodes.find(({ status }) => status === "PENDING");
    const query = `mutation ($input: ApplicationAcceptInput!) { applicationAccept(input: $input) {
      userErrors { message } } }`;
    const { userErrors } = (await this.#ask(token, query, { input: { applicationId: id } })).applicationAccept;
    assert.deepEqual(userErrors, []);
    return contact;
  }

  /** A completed template that complains about the delivery of a lead. */
  async complaintAbout(leadId) {
    const token = await this.#signIn("vendor");
    const query = "{ deliveries(first: 20) { nodes { id lead { id } } } }";
    const { nodes } = (await this.#ask(token, query)).deliveries;
    const { id } = nodes.find(({ lead }) => lead.id === leadId);
    return `Delivery ID;Reason;Explanation\r\n${id};WRONG_ADDRESS;Nobody is there.\r\n`;
  }
}
