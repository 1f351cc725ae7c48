/** The sign-in: with an address and a password, or by one click as one of the demo's users. */
import { Suspense, useState, type FormEvent } from "react";
import { Form } from "react-aria-components";
import { graphql, RelayEnvironmentProvider, useLazyLoadQuery } from "react-relay";
import { SignInError, type SessionEnd } from "leadgate-client";
import { createEnvironment } from "../data/network.ts";
import { actAsNobody, actingAs, session } from "../data/session.ts";
import { Button, ButtonLink } from "../parts/Button.tsx";
import { Field, FormLayout, Problems } from "../parts/Field.tsx";
import { Tag } from "../parts/Tag.tsx";
import { UserText } from "../parts/Text.tsx";
import icon from "../icon.svg";
import { useCommon } from "../words/common.ts";
import { useFormat } from "../words/format.ts";
import type { SignInServiceQuery } from "./__generated__/SignInServiceQuery.graphql.ts";
import { DEMO_PASSWORD, demoName } from "./demo.ts";
import classes from "./SignIn.module.css";
import { useSignInWords } from "./words.ts";

const SERVICE = graphql`
  query SignInServiceQuery {
    service {
      now
      version
      demo
      demoUsers {
        email
        name
        roles
      }
    }
  }
`;

const guest = createEnvironment(null);
export const BY_THE_USER = "SIGNED_OUT";

export function SignIn({ end }: { end: SessionEnd | null }) {
  const words = useSignInWords();
  const common = useCommon();
  const format = useFormat();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState<string | null>(null);

  const signIn = async (address: string, secret: string): Promise<void> => {
    setPending(address);
    setProblem(null);
    try {
      await session.signIn(address, secret);
    } catch (error) {
      setPending(null);
      if (!(error instanceof SignInError)) setProblem(words.unreachable);
      else if (error.retryAfterSeconds === null) setProblem(error.message);
      else setProblem(`${error.message} ${words.retryIn(format.duration(error.retryAfterSeconds))}`);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (email.trim() === "" || password === "") setProblem(words.missing);
    else void signIn(email.trim(), password);
  };

  return (
    <main className={classes["page"]}>
      <div className={classes["panel"]}>
        <header className={classes["brand"]}>
          <img src={icon} alt="" width={36} height={36} />
          <span>Leadgate</span>
        </header>
        <h1>{words.title}</h1>
        {end && (
          <p role="status" className={end.code === BY_THE_USER ? classes["calm"] : classes["ended"]}>
            {end.code === BY_THE_USER ? words.signedOut : end.code === "REFRESH_TOKEN_REUSED" ? words.reused : words.ended}
          </p>
        )}
        <Form onSubmit={submit} validationBehavior="aria">
          <FormLayout>
            <Problems messages={problem ? [problem] : []} />
            <Field label={words.email} name="email" type="email" autoComplete="username" value={email} onChange={setEmail} autoFocus />
            <Field label={words.password} name="password" type="password" autoComplete="current-password" value={password} onChange={setPassword} />
            <Button type="submit" kind="primary" isPending={pending !== null}>
              {pending === null ? words.submit : common.working}
            </Button>
          </FormLayout>
        </Form>
        <RelayEnvironmentProvider environment={guest}>
          <Suspense>
            <Demo pending={pending} signIn={(address) => void signIn(address, DEMO_PASSWORD)} />
          </Suspense>
        </RelayEnvironmentProvider>
      </div>
    </main>
  );
}

/** Nothing, unless only this machine can reach the server and it has the demo. */
function Demo({ pending, signIn }: { pending: string | null; signIn: (email: string) => void }) {
  const words = useSignInWords();
  const common = useCommon();
  const { service } = useLazyLoadQuery<SignInServiceQuery>(SERVICE, {});
  if (!service?.demo) return null;
  return (
    <section className={classes["demo"]} aria-label={words.demo}>
      <h2>{words.demo}</h2>
      <p>{words.demoHint}</p>
      <ul>
        {service.demoUsers.map(({ email, name, roles }) => (
          <li key={email}>
            <Button kind="secondary" isDisabled={pending !== null} onPress={() => signIn(email)}>
              <UserText>{name}</UserText>
              {roles.map((role) => (
                <Tag key={role} tone="accent">
                  {role === "OWNER" ? words.vendor : (common.role[role as keyof typeof common.role] ?? role)}
                </Tag>
              ))}
            </Button>
            <ButtonLink kind="quiet" icon="external" href={`./?as=${demoName(email)}`} target="_blank" aria-label={words.ownWindow(name)} />
          </li>
        ))}
      </ul>
      {actingAs !== null && (
        <Button
          kind="quiet"
          isSmall
          onPress={() => {
            actAsNobody();
            location.assign("./");
          }}
        >
          {words.leaveDemoWindow}
        </Button>
      )}
    </section>
  );
}
