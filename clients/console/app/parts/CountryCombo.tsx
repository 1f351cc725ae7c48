/** A country, found by typing its name or its two letters. */
import { useMemo } from "react";
import { COUNTRIES } from "../words/countries.ts";
import { useFormat } from "../words/format.ts";
import { Combo, type ComboProps } from "./Combo.tsx";

export function CountryCombo(props: Omit<ComboProps, "choices">) {
  const format = useFormat();
  const choices = useMemo(
    () =>
      COUNTRIES.map((id) => ({ id, label: format.country(id) })).sort((one, other) => one.label.localeCompare(other.label, format.language)),
    [format],
  );
  return <Combo {...props} choices={choices} />;
}
