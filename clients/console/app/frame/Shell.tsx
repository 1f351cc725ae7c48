/** What surrounds every screen: navigation, the user's menu, and lines about the connection and the build. */
import { Outlet, useLocation, useMatches, useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import {
  Button as AriaButton,
  Dialog,
  DialogTrigger,
  Heading,
  Link,
  Modal,
  ModalOverlay,
  RouterProvider,
} from "react-aria-components";
import { reloadInstead } from "../data/build.ts";
import { home, session } from "../data/session.ts";
import { Button } from "../parts/Button.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Boundary } from "../parts/State.tsx";
import { Hidden, UserText } from "../parts/Text.tsx";
import { Toasts, toast } from "../parts/Toasts.tsx";
import type { Screen } from "../screens/screen.ts";
import icon from "../icon.svg";
import { useCommon } from "../words/common.ts";
import { useFormat } from "../words/format.ts";
import { Lines } from "./Lines.tsx";
import classes from "./Shell.module.css";
import { useFrame } from "./SignedIn.tsx";

const hrefOf = (path: string): string => (path.startsWith("/") ? home.pathname + path.slice(1) : path);

export function Shell({ screens }: { screens: readonly Screen[] }) {
  const words = useCommon();
  const router = useRouter();
  // The address changes at once, and the screen when its code is there: until then, the old one stays as it is.
  const screen = useMatches({ select: (matches) => matches.at(-1)?.pathname });
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    // Screen readers then begin with the new screen instead of the link that led to it.
    if (!isFirst.current) main.current?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [screen]);
  const navigate = (path: string): void => {
    const href = hrefOf(path);
    if (!reloadInstead(href)) router.history.push(href);
  };
  return (
    <RouterProvider navigate={navigate} useHref={hrefOf}>
      <a href="#content" className={classes["skip"]} onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        {words.skip}
      </a>
      <div className={classes["shell"]}>
        <header className={classes["bar"]}>
          <Menu screens={screens} />
          <Brand />
        </header>
        <div className={classes["side"]}>
          <Brand />
          <Navigation screens={screens} />
          <Person />
        </div>
        <main ref={main} id="content" tabIndex={-1} className={classes["main"]}>
          <Lines />
          <Boundary key={screen}>
            <Outlet />
          </Boundary>
        </main>
      </div>
      <Toasts label={words.nav.notices} />
    </RouterProvider>
  );
}

function Brand() {
  return (
    <Link href="/" className={classes["brand"]}>
      <img src={icon} alt="" width={24} height={24} />
      Leadgate
    </Link>
  );
}

function Navigation({ screens, onGo }: { screens: readonly Screen[]; onGo?: () => void }) {
  const words = useCommon();
  const format = useFormat();
  const { unread } = useFrame();
  const { pathname } = useLocation();
  return (
    <nav aria-label={words.navigation}>
      <ul className={classes["nav"]}>
        {screens.map(({ path, nav }) => {
          if (!nav) return null;
          const isHere = path === "/" ? pathname === "/" : pathname === path || pathname.startsWith(`${path}/`);
          return (
            <li key={path}>
              <Link href={path} className={classes["link"]} {...(isHere && { "aria-current": "page" })} {...(onGo && { onPress: onGo })}>
                <Icon name={nav.icon} />
                <span>{words.nav[nav.word]}</span>
                {nav.word === "notices" && unread > 0 && <span className={classes["count"]}>{format.number(unread)}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** The navigation where the screen is narrow. */
function Menu({ screens }: { screens: readonly Screen[] }) {
  const words = useCommon();
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <AriaButton className={classes["menuButton"]} aria-label={words.menu}>
        <Icon name="menu" size={20} />
      </AriaButton>
      <ModalOverlay isDismissable className={classes["overlay"]}>
        <Modal className={classes["drawer"]}>
          <Dialog className={classes["drawerBody"]}>
            <Heading slot="title">
              <Hidden>{words.menu}</Hidden>
            </Heading>
            <div className={classes["drawerHead"]}>
              <Brand />
              <Button kind="quiet" icon="close" aria-label={words.close} onPress={() => setOpen(false)} />
            </div>
            <Navigation screens={screens} onGo={() => setOpen(false)} />
            <Person />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

function Person() {
  const words = useCommon();
  const { viewer, role } = useFrame();
  const [isEnding, setEnding] = useState(false);
  const signOut = (): void => {
    setEnding(true);
    session.signOut().catch(() => {
      setEnding(false);
      toast(words.failedTitle, { body: words.failedBody, tone: "bad" });
    });
  };
  return (
    <div className={classes["person"]}>
      <div className={classes["name"]}>
        <UserText>{viewer.user.name}</UserText>
        <span>
          <UserText>{viewer.account?.name ?? words.role[role as keyof typeof words.role]}</UserText>
        </span>
      </div>
      <Button kind="quiet" icon="out" isSmall isDisabled={isEnding} aria-label={words.signOut} onPress={signOut} />
    </div>
  );
}
