import { Button } from "@mantine/core";
import { lazy, Suspense, useRef, useState, type ReactElement } from "react";
import { loginCopy } from "./copy.ts";
import type { LoginWindowProps } from "./login-window.tsx";
import classes from "./login-helper.module.css";

const LoginWindow = lazy(async () => ({ default: (await import("./login-window.tsx")).LoginWindow }));

type Props = Pick<LoginWindowProps, "onUse"> & {
  readonly plays?: LoginWindowProps["plays"];
  /** What the form holds when the window opens. */
  readonly typed: () => LoginWindowProps["typed"];
};

/** The way out for somebody who was given no login: the script that makes one. */
export function LoginHelper({ plays = "source", typed, onUse }: Props): ReactElement {
  const opener = useRef<HTMLButtonElement>(null);
  const [from, setFrom] = useState<LoginWindowProps["typed"]>();

  function close(): void {
    opener.current?.focus();
    setFrom(undefined);
  }

  return (
    <div className={classes.line}>
      <span>{loginCopy.question}</span>
      <Button ref={opener} variant="subtle" size="compact-md" aria-haspopup="dialog" onClick={() => setFrom(typed())}>
        {loginCopy.open}
      </Button>
      {from && (
        <Suspense fallback={null}>
          <LoginWindow plays={plays} typed={from} onUse={onUse} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}
