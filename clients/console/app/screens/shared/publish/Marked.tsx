/** A field of the public text, with what in it looks like contact data: the place, and what to do about it. */
import { useRef } from "react";
import { Button } from "../../../parts/Button.tsx";
import { Field, type FieldProps } from "../../../parts/Field.tsx";
import { Icon } from "../../../parts/Icon.tsx";
import type { Place } from "../../../data/places.ts";
import { said } from "../../../data/refusals.ts";
import { useFormat } from "../../../words/format.ts";
import classes from "./Publish.module.css";
import { usePublishWords } from "./words.ts";

const PUBLIC_FIELDS = ["title", "brief"];
const AROUND = 24; // characters shown on each side

/** The text before and after a place, cut at the last blank where it is long. */
function around(text: string, { start, end }: Place): { readonly before: string; readonly after: string } {
  const before = text.slice(Math.max(0, start - AROUND), start);
  const after = text.slice(end, end + AROUND);
  return { before: (start > AROUND ? "… " : "") + before, after: after + (end + AROUND < text.length ? " …" : "") };
}

export function Marked({ places, ...field }: FieldProps & { value: string; places: readonly Place[] }) {
  const words = usePublishWords();
  const format = useFormat();
  const frame = useRef<HTMLDivElement>(null);
  const show = ({ start, end }: Place): void => {
    const input = frame.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>("input, textarea");
    input?.focus();
    input?.setSelectionRange(start, end);
  };
  return (
    <div ref={frame} className={classes["marked"]}>
      <Field {...field} />
      <div role="status">
        {places.length > 0 && (
          <ul className={classes["places"]} aria-label={words.found}>
            {places.map((place) => {
              const { before, after } = around(field.value, place);
              return (
                <li key={`${place.start} ${place.text}`}>
                  <span className={classes["quote"]}>
                    <Icon name="alert" size={16} />
                    <q>
                      <bdi>
                        {before}
                        <mark>{place.text}</mark>
                        {after}
                      </bdi>
                    </q>
                  </span>
                  <span>{said({ field: PUBLIC_FIELDS, message: place.message }, format.dateTime)}</span>
                  <div>
                    <Button isSmall onPress={() => show(place)}>
                      {words.showPlace}
                    </Button>
                  </div>
                </li>
              );
            })}
          </ul>
        )}
      </div>
    </div>
  );
}
