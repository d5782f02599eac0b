import { Modal } from "@mantine/core";
import type { ReactElement } from "react";
import classes from "./session-ended-dialog.module.css";
import { SignInForm } from "../../features/people/sign-in-form.tsx";

/** Asks for the password over the page, so that nothing typed is lost. It closes by signing in. */
export function SessionEndedDialog(): ReactElement {
  return (
    <Modal
      opened
      onClose={() => undefined}
      title="Please sign in again"
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
    >
      <p className={classes.words}>
        Your session has ended. What you typed on this page is still here; press the button again afterwards.
      </p>
      <SignInForm onSignedIn={() => undefined} />
    </Modal>
  );
}
