/** Dialogs: one for any content, and one that asks once more before a dangerous or final deed. */
import { useState, type ReactNode } from "react";
import { Dialog as AriaDialog, DialogTrigger, Heading, Modal, ModalOverlay } from "react-aria-components";
import { refusalOf } from "../data/network.ts";
import { useCommon } from "../words/common.ts";
import { Button } from "./Button.tsx";
import classes from "./Dialog.module.css";

export interface DialogProps {
  readonly title: string;
  readonly children: ReactNode | ((close: () => void) => ReactNode);
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly role?: "dialog" | "alertdialog";
}

export function Dialog({ title, children, role = "dialog", ...others }: DialogProps) {
  const words = useCommon();
  return (
    <ModalOverlay {...others} isDismissable={role === "dialog"} className={classes["overlay"]}>
      <Modal className={classes["modal"]}>
        <AriaDialog role={role} className={classes["dialog"]}>
          {({ close }) => (
            <>
              <header className={classes["header"]}>
                <Heading slot="title" level={2}>
                  {title}
                </Heading>
                <Button kind="quiet" icon="close" isSmall aria-label={words.close} onPress={close} />
              </header>
              {typeof children === "function" ? children(close) : children}
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmProps {
  /** The button that asks. */
  readonly trigger: ReactNode;
  readonly title: string;
  /** What it does, and what stays possible afterwards. */
  readonly children: ReactNode;
  /** What it costs, such as points, with what is left afterwards. */
  readonly costs?: readonly { readonly label: string; readonly value: ReactNode }[];
  /** The word on the button, which says what it does. */
  readonly action: string;
  readonly isDangerous?: boolean;
  /** Returns a message if it was refused; the dialog then stays. */
  readonly onConfirm: () => Promise<string | null | void>;
}

/** Asks once more, with what it costs. */
export function Confirm({ trigger, title, children, costs = [], action, isDangerous = false, onConfirm }: ConfirmProps) {
  const words = useCommon();
  const [problem, setProblem] = useState<string | null>(null);
  const [isRunning, setRunning] = useState(false);
  const run = async (close: () => void): Promise<void> => {
    setRunning(true);
    try {
      const refusal = (await onConfirm()) ?? null;
      setProblem(refusal);
      if (refusal === null) close();
    } catch (error) {
      setProblem(refusalOf(error) ?? words.unsureBody);
    } finally {
      setRunning(false);
    }
  };
  return (
    <DialogTrigger onOpenChange={() => setProblem(null)}>
      {trigger}
      <Dialog title={title} role="alertdialog">
        {(close) => (
          <>
            <div className={classes["body"]}>{children}</div>
            {costs.length > 0 && (
              <dl className={classes["costs"]}>
                {costs.map(({ label, value }) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
            )}
            {problem && (
              <p role="alert" className={classes["problem"]}>
                {problem}
              </p>
            )}
            <footer className={classes["footer"]}>
              <Button onPress={close}>{words.cancel}</Button>
              <Button kind={isDangerous ? "danger" : "primary"} isPending={isRunning} onPress={() => void run(close)} autoFocus>
                {isRunning ? words.working : action}
              </Button>
            </footer>
          </>
        )}
      </Dialog>
    </DialogTrigger>
  );
}
