/** What a recorded decision is about: its kind, and what it is called. */
import { graphql, readInlineData } from "react-relay";
import { useTemplates } from "./templates.ts";
import type { subject_record$data, subject_record$key } from "./__generated__/subject_record.graphql.ts";

const RECORD = graphql`
  fragment subject_record on DecisionRecord @inline {
    subject {
      __typename
      id
      ... on Application {
        lead {
          id
          title
        }
      }
      ... on Delivery {
        lead {
          id
          title
        }
      }
      ... on Lead {
        title
      }
      ... on ComplaintItem {
        complaint {
          id
          number
        }
      }
      ... on Dispatch {
        template
      }
    }
  }
`;

export type Subject = NonNullable<subject_record$data["subject"]>;

/** Returns a function that gives a record's subject and what it is called; null if it is not there any more. */
export function useSubjectOf(): (record: subject_record$key) => (Subject & { readonly called: string | undefined }) | null {
  const { called } = useTemplates();
  return (record) => {
    const { subject } = readInlineData(RECORD, record);
    if (!subject) return null;
    const name = subject.lead?.title ?? subject.title ?? subject.complaint?.number;
    return { ...subject, called: name ?? (subject.template ? called(subject.template) : undefined) };
  };
}
