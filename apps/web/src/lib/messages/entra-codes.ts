import type { CheckCode } from "@headgate/contract";
import type { Copy } from "./copy.ts";

/** Copy for what can go wrong when signing in with a Microsoft Entra application. */
export const entraMessages = {
  entra_unreachable: {
    title: "Microsoft's sign-in service cannot be reached",
    why: "There was no answer from {authority}, so there is no token with which to sign in.",
    next: "Check that Headgate's machine may reach that address, then try again.",
  },
  entra_wrong_secret: {
    title: "Microsoft does not accept the secret of this application",
    why: "It was mistyped or belongs to another application. The value is needed, not the id of the secret.",
    next: "Copy the secret's value again, or make a new one under Certificates & secrets.",
  },
  entra_secret_expired: {
    title: "The secret of this application has run out",
    why: "Secrets of applications end after some months.",
    next: "Make a new one under Certificates & secrets in the Azure portal and enter its value.",
  },
  entra_certificate_unreadable: {
    title: "The application's certificate cannot be used",
    why: "It needs a certificate and its RSA private key, in one PEM text or one PFX file, and the right password for it.",
    next: "Add the file again, and check its password.",
  },
  entra_wrong_certificate: {
    title: "Microsoft does not accept the certificate of this application",
    why: "It is not registered with this application, or it has ended.",
    next: "Upload the certificate under Certificates & secrets in the Azure portal, then test again.",
  },
  entra_unknown_app: {
    title: "This directory has no such application",
    why: "The application (client) id is mistyped, or it belongs to another directory.",
    next: "Copy the application (client) id from the application's overview in the Azure portal.",
  },
  entra_unknown_tenant: {
    title: "There is no such directory",
    why: "The directory (tenant) id is mistyped, or it lives in another Microsoft cloud.",
    next: "Copy the directory (tenant) id from the application's overview, and check the cloud.",
  },
  entra_refused: {
    title: "Microsoft refused to hand out a token",
    why: "The answer names no reason that is on our list.",
    next: "Send the technical details to whoever runs your Azure directory.",
  },
  entra_user_unknown: {
    title: "The database does not know {user} as an Entra user",
    why: "Microsoft handed out a token, but no role of this name is tied to the application. Capital letters count.",
    next: "Enter the application's display name as user name, and ask for it to be added in the database.",
  },
  entra_needs_verification: {
    title: "A token is only sent where the server's identity was checked",
    why: "Whoever reads a token can use it, so it must not reach the wrong server.",
    next: "Set Encryption to the choice that checks the server's name.",
  },
} as const satisfies Partial<Record<CheckCode, Copy>>;
