/** All numbers and switches of one version, by area. */
import { DialogTrigger } from "react-aria-components";
import { graphql } from "react-relay";
import { useQuery } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Stack } from "../../../parts/Page.tsx";
import { Boundary } from "../../../parts/State.tsx";
import { UserText } from "../../../parts/Text.tsx";
import { useFormat } from "../../../words/format.ts";
import classes from "./Policies.module.css";
import type { Parameters } from "./draft.ts";
import type { NumbersQuery } from "./__generated__/NumbersQuery.graphql.ts";
import { said } from "./said.ts";
import { usePolicyWords } from "./words.ts";

const NUMBERS = graphql`
  query NumbersQuery($id: ID!) {
    node(id: $id) {
      id
      ... on Policy {
        parameters
        parameterFields {
          area
          field
          unit
          low
          high
          values
          areaLabel
          label
        }
      }
    }
  }
`;

export function Numbers({ id, version }: { id: string; version: string }) {
  const words = usePolicyWords();
  return (
    <DialogTrigger>
      <Button isSmall>{words.itsNumbers}</Button>
      <Dialog title={version}>
        <Boundary rows={6}>
          <List id={id} />
        </Boundary>
      </Dialog>
    </DialogTrigger>
  );
}

function List({ id }: { id: string }) {
  const words = usePolicyWords();
  const format = useFormat();
  const { node } = useQuery<NumbersQuery>(NUMBERS, { id });
  const parameters = (node?.parameters ?? {}) as Parameters;
  const fields = node?.parameterFields ?? [];
  const areas = [...new Map(fields.map(({ area, areaLabel }) => [area, areaLabel]))];
  return (
    <Stack>
      {areas.map(([area, label]) => (
        <section key={area} aria-label={label}>
          <h3>{label}</h3>
          <dl className={classes["numbers"]}>
            {fields
              .filter((one) => one.area === area)
              .map((one) => (
                <div key={one.field}>
                  <dt>{one.label}</dt>
                  <dd>
                    <UserText>{said(one, parameters[area]?.[one.field] ?? "–", format, words)}</UserText>
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </Stack>
  );
}
