/** A complaint by file: a template with the vendor's contacts, and the completed file, checked row by row. */
import { newKey } from "leadgate-client";
import { useState } from "react";
import { graphql, useSubscription } from "react-relay";
import { refusalOf } from "../../../data/network.ts";
import { useMutation } from "../../../data/query.ts";
import { serverHref } from "../../../data/session.ts";
import { Button, ButtonLink } from "../../../parts/Button.tsx";
import { Problems } from "../../../parts/Field.tsx";
import { FilePick } from "../../../parts/FilePick.tsx";
import { Card, Stack } from "../../../parts/Page.tsx";
import { UploadBar } from "../../../parts/Upload.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { usePreferences } from "../../../words/language.ts";
import classes from "./Complain.module.css";
import { Filed, type Filing } from "./Filed.tsx";
import type { ByFileMutation } from "./__generated__/ByFileMutation.graphql.ts";
import type { ByFileProgressSubscription } from "./__generated__/ByFileProgressSubscription.graphql.ts";
import type { ByFileTemplateMutation } from "./__generated__/ByFileTemplateMutation.graphql.ts";
import { useComplainWords } from "./words.ts";

const TEMPLATE = graphql`
  mutation ByFileTemplateMutation($input: ComplaintTemplateCreateInput!) {
    complaintTemplateCreate(input: $input) {
      file {
        id
        name
        url
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const FILE = graphql`
  mutation ByFileMutation($input: ComplaintFileInput!) {
    complaintFile(input: $input) {
      complaint {
        id
        number
        counts {
          total
          accepted
          rejected
          underReview
        }
      }
      account {
        id
        points
        pointsOnHold
      }
      rowErrors {
        row
        message
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const PROGRESS = graphql`
  subscription ByFileProgressSubscription {
    complaintProgress {
      __typename
      ... on ComplaintProgress {
        idempotencyKey
        checked
        total
      }
    }
  }
`;

const ACCEPTED = [".xlsx", ".xls", ".ods", ".csv"];

export function ByFile() {
  const words = useComplainWords();
  const common = useCommon();
  const { language } = usePreferences();
  const [template, setTemplate] = useState<{ readonly name: string; readonly url: string } | null>(null);
  const [chosen, setChosen] = useState<File | null>(null);
  const [filing, setFiling] = useState<Filing | null>(null);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [key, setKey] = useState(newKey);
  const [create, isCreating] = useMutation<ByFileTemplateMutation>(TEMPLATE);
  const [file, isFiling] = useMutation<ByFileMutation>(FILE);

  const choose = (next: File): void => {
    setChosen(next);
    setFiling(null);
    setProblems([]);
    setKey(newKey());
  };
  const ask = async (): Promise<void> => {
    try {
      const { response, errors } = await create({ input: { format: "XLSX", language } });
      setProblems(errors.map(({ message }) => message));
      setTemplate(response.complaintTemplateCreate?.file ?? null);
    } catch (error) {
      setProblems([refusalOf(error) ?? common.failedBody]);
    }
  };
  const send = async (): Promise<void> => {
    if (!chosen) return;
    try {
      const { response, errors } = await file({ input: { file: chosen, idempotencyKey: key } });
      const payload = response.complaintFile;
      setProblems(errors.map(({ message }) => message));
      setFiling({ complaint: payload?.complaint ?? null, rowErrors: payload?.rowErrors ?? [] });
      setKey(newKey());
      if (payload?.complaint) setChosen(null);
    } catch (error) {
      setProblems([refusalOf(error) ?? common.unsureBody]); // the same key is sent again
    }
  };

  return (
    <>
      <Card title={words.byFile}>
        <Stack>
          <ol className={classes["steps"]}>
            <li>{words.stepTemplate}</li>
            <li>{words.stepFill}</li>
            <li>{words.stepUpload}</li>
          </ol>
          <div className={classes["acts"]}>
            {template ? (
              <ButtonLink icon="file" href={serverHref(template.url)} target="_blank" download>
                {words.download}
              </ButtonLink>
            ) : (
              <Button icon="file" isPending={isCreating} onPress={() => void ask()}>
                {isCreating ? common.working : words.template}
              </Button>
            )}
          </div>
          {template && <p className={classes["soft"]}>{words.templateHint}</p>}
          <FilePick hint={words.drop} accept={ACCEPTED} file={chosen} onChoose={choose} />
          <Problems messages={problems} />
          <div className={classes["acts"]}>
            <Button kind="primary" isDisabled={!chosen} isPending={isFiling} onPress={() => void send()}>
              {isFiling ? common.working : words.fileIt}
            </Button>
          </div>
          {!chosen && !filing && <p className={classes["soft"]}>{words.noFile}</p>}
          {isFiling && <Progress idempotencyKey={key} />}
        </Stack>
      </Card>
      {filing && <Filed filing={filing} />}
    </>
  );
}

/** How many rows have been checked, once the server says so: for more than 500 rows. */
function Progress({ idempotencyKey }: { idempotencyKey: string }) {
  const words = useComplainWords();
  const format = useFormat();
  const [seen, setSeen] = useState<{ readonly checked: number; readonly total: number } | null>(null);
  const [config] = useState(() => ({
    subscription: PROGRESS,
    variables: {},
    onNext: (event: ByFileProgressSubscription["response"] | null | undefined) => {
      const progress = event?.complaintProgress;
      if (progress?.__typename === "ComplaintProgress" && progress.idempotencyKey === idempotencyKey) setSeen(progress);
    },
    onError: () => {}, // the complaint itself shows the result
  }));
  useSubscription<ByFileProgressSubscription>(config);
  if (!seen) return <UploadBar />;
  return (
    <div>
      <progress max={seen.total} value={seen.checked} aria-label={words.checking} className={classes["progress"]} />
      <p className={classes["soft"]}>{words.checked(format.number(seen.checked), format.number(seen.total))}</p>
    </div>
  );
}
