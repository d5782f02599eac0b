import type { CheckCode } from "@headgate/contract";
import type { Copy } from "./copy.ts";

/** Copy for what only the check of an event API, a webhook or a place for files can find. */
export const receiverMessages = {
  not_http: {
    title: "What answers on port {port} is not a web service",
    why: "Another program lives there, or its answer does not end.",
    next: "Check the address and the port of the receiver.",
  },
  receiver_refused_login: {
    title: "The receiver did not accept the key",
    why: "It answered that the write key, token or secret is wrong or may not do this ({reason}).",
    next: "Copy the key again from the receiver's own settings, and test once more.",
  },
  receiver_missing: {
    title: "Nothing takes rows at this address",
    why: "The receiver answered that there is nothing here, or nothing of this kind ({reason}).",
    next: "Check the address up to its last part and, for a webhook, the method.",
  },
  receiver_redirects: {
    title: "The receiver sends us elsewhere",
    why: "It answered with another address ({reason}), and Headgate does not follow: the key would go there too.",
    next: "Enter the final address.",
  },
  receiver_refused: {
    title: "The receiver refused the test",
    why: "It was reached, but does not take what we sent ({reason}).",
    next: "Check the kind of receiver and, for a webhook, the method and the body.",
  },
  receiver_unavailable: {
    title: "The receiver is out of order at the moment",
    why: "It was reached, but answered that it cannot work or has too much to do ({reason}).",
    next: "Try again in a few minutes.",
  },
  bucket_missing: {
    title: "There is no bucket of this name",
    why: "The storage let us in, but does not know the bucket.",
    next: "Check the name of the bucket and the region.",
  },
  storage_refused_login: {
    title: "The storage did not accept the access key",
    why: "The access key id is unknown, or the secret key does not belong to it.",
    next: "Enter both again, exactly as they were given to you.",
  },
  storage_forbidden: {
    title: "This access key may not write into the bucket",
    why: "Signing in works, but writing, reading or deleting our test object was refused.",
    next: "Ask whoever runs the storage to let this key put, get and delete objects there.",
  },
  storage_failed: {
    title: "The storage answered something we did not expect",
    why: "Our test object could not be written and read back ({reason}).",
    next: "Check the endpoint and the region, then try again.",
  },
  folder_not_set: {
    title: "No folder has been set aside for files",
    why: "Whoever runs Headgate decides where files may be written, and has not done so yet.",
    next: "Ask them to set HEADGATE_FILES_DIR to a folder, and to start Headgate again.",
  },
  folder_missing: {
    title: "The folder for files is not there",
    why: "It was moved or deleted, or a file stands where the folder should be.",
    next: "Ask whoever runs Headgate to make it again, or enter another folder.",
  },
  folder_forbidden: {
    title: "Headgate may not write into this folder",
    why: "The folder is closed to it, or leads out of the folder for files.",
    next: "Enter another folder, or ask whoever runs the machine to let Headgate write into this one.",
  },
  folder_full: {
    title: "There is hardly any room left",
    why: "The disk with the folder for files has less than 100 MB left.",
    next: "Ask whoever runs the machine to make room.",
  },
  folder_failed: {
    title: "A test file could not be written",
    why: "The disk reported a fault ({system}).",
    next: "Try again. If it stays, tell whoever runs the machine.",
  },
} as const satisfies Partial<Record<CheckCode, Copy>>;
