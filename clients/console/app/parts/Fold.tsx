/** What is shown only when it is asked for. */
import type { ReactNode } from "react";
import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import classes from "./Fold.module.css";
import { Icon } from "./Icon.tsx";

export function Fold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Disclosure className={classes["disclosure"]}>
      <Heading level={3}>
        <Button slot="trigger" className={classes["trigger"]}>
          <Icon name="chevron" size={14} />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className={classes["panel"]}>{children}</DisclosurePanel>
    </Disclosure>
  );
}
