/** The layout of a screen: its heading, cards, figures and lists of values. */
import { useEffect, type ReactNode } from "react";
import { Link } from "react-aria-components";
import { Icon } from "./Icon.tsx";
import classes from "./Page.module.css";

export interface PageProps {
  readonly title: string;
  /** A sentence below the heading. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** Where the screen was reached from. */
  readonly back?: { readonly href: string; readonly label: string };
  readonly children: ReactNode;
}

export function Page({ title, lead, actions, back, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Leadgate`;
  }, [title]);
  return (
    <div className={classes["page"]}>
      {back && (
        <Link href={back.href} className={classes["back"]}>
          <Icon name="back" size={16} />
          {back.label}
        </Link>
      )}
      <header className={classes["header"]}>
        <div className={classes["heading"]}>
          <h1>
            <bdi>{title}</bdi>
          </h1>
          {lead && <div className={classes["lead"]}>{lead}</div>}
        </div>
        {actions && <div className={classes["actions"]}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A card, with a heading if it has a title. */
export function Card({ title, actions, children, isFlush = false }: { title?: string; actions?: ReactNode; children: ReactNode; isFlush?: boolean }) {
  return (
    <section className={classes["card"]} {...(title && { "aria-label": title })}>
      {title && (
        <header className={classes["cardHeader"]}>
          <h2>{title}</h2>
          {actions}
        </header>
      )}
      <div className={isFlush ? undefined : classes["cardBody"]}>{children}</div>
    </section>
  );
}

/** Two columns: what the screen is about, and beside it what one can do; one below the other where it is narrow. */
export function Columns({ children, side }: { children: ReactNode; side: ReactNode }) {
  return (
    <div className={classes["columns"]}>
      <div className={classes["stack"]}>{children}</div>
      <aside className={classes["stack"]}>{side}</aside>
    </div>
  );
}

export function Stack({ children }: { children: ReactNode }) {
  return <div className={classes["stack"]}>{children}</div>;
}

/** Large numbers, each with what it counts. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className={classes["figures"]}>{children}</dl>;
}

export function Figure({ label, children, href }: { label: string; children: ReactNode; href?: string }) {
  return (
    <div className={classes["figure"]}>
      <dt>{href ? <Link href={href}>{label}</Link> : label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Names and values; a value of null is left out. */
export function Values({ items }: { items: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={classes["values"]}>
      {items
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
