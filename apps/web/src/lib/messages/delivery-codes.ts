import type { DeliveryCode, ReceiverCode, RowFaultCode, RunFailure } from "@headgate/contract";
import type { Copy } from "./copy.ts";

/** Copy for every reason why a run fails that only an event API, a webhook or files can give. */
export const receiverRunMessages: Readonly<Record<ReceiverCode, Copy>> = {
  receiver_address_denied: {
    title: "Headgate does not connect to the receiver's address",
    why: "It leads into a private network or to this machine, which is closed to web requests.",
    next: "If it is right, ask an administrator to add the address to HEADGATE_EGRESS_ALLOW.",
  },
  receiver_unknown_host: {
    title: "The receiver's address does not exist",
    why: "No server is known under this name.",
    next: "Check the address for typing errors. Nothing more was sent.",
  },
  receiver_untrusted: {
    title: "The receiver could not prove who it is",
    why: "Its certificate is not valid, not for this name, or from an authority nobody here knows.",
    next: "If the receiver has an authority of its own, add that certificate to the destination.",
  },
  receiver_refused_login: {
    title: "The receiver did not accept the key",
    why: "It answered that the write key, token or secret is wrong or may not do this ({reason}).",
    next: "Enter the key again. Rows that were accepted before stay accepted.",
  },
  receiver_missing: {
    title: "Nothing takes rows at this address",
    why: "The receiver answered that there is nothing here ({reason}).",
    next: "Check the address up to its last part.",
  },
  receiver_refused_request: {
    title: "The receiver refused the request",
    why: "It does not take requests of this kind ({reason}).",
    next: "Check the kind of receiver, its address and, for a webhook, the method.",
  },
  receiver_redirects: {
    title: "The receiver sends us elsewhere",
    why: "It answered with another address ({reason}), and Headgate does not follow: the key would go there too.",
    next: "Enter the final address as the destination.",
  },
  receiver_answers_without_end: {
    title: "The receiver's answer does not end",
    why: "It sends far more than any answer to such a request.",
    next: "Check the address: this does not look like a receiver of rows.",
  },
  receiver_answer_unclear: {
    title: "The receiver's answer cannot be understood",
    why: "It does not say which rows it took.",
    next: "Check the address and the kind of receiver. The next run sends the same rows with the same ids.",
  },
  receiver_full: {
    title: "The receiver has no room left",
    why: "It answered that its storage is full.",
    next: "Ask whoever runs it to make room. The flow then goes on where it stopped.",
  },
  receiver_unavailable: {
    title: "The receiver cannot be reached at the moment",
    why: "It failed several times in a row, with longer and longer pauses between.",
    next: "Nothing to do if this passes: the next run goes on where this one stopped.",
  },
  file_place_missing: {
    title: "The place for the files is not there",
    why: "The folder or bucket does not exist any more, or has another name.",
    next: "Check its name at the destination, or have it made again.",
  },
  file_forbidden: {
    title: "Headgate may not write there",
    why: "The folder is closed to it, or leads out of the folder for files.",
    next: "Ask whoever runs the machine to let Headgate write into this folder.",
  },
  file_taken: {
    title: "There is a complete file of this name already",
    why: "Another run wrote {file}; complete files are never overwritten.",
    next: "Add the run or the time to the name of the files, or move the older file away.",
  },
  file_failed: {
    title: "The file could not be written",
    why: "The disk or the storage reported a fault ({system}).",
    next: "The next run tries again. If it happens every time, tell whoever runs the machine.",
  },
};

/** What any destination can say, in the words that fit a receiver or a file. */
const sharedMessages = {
  too_many_rejected: {
    title: "Too many rows were rejected",
    why: "{rejected} rows could not be delivered, more than the {limit} that are allowed.",
    next: "Look at the rejected rows: they usually have one cause.",
  },
  disk_full: {
    title: "There is no room for the file",
    why: "The disk it was written to is full.",
    next: "Make room; no half file was left behind. The next run tries again.",
  },
} as const satisfies Partial<Record<DeliveryCode, Copy>>;

/** Copy for every reason why a run that writes to an event API, a webhook or files can fail. */
export const deliveryMessages: Readonly<Record<DeliveryCode, Copy>> = { ...receiverRunMessages, ...sharedMessages };

/** The words for a run whose rows go to a receiver or a file, which is what the fact `kind` says. */
export function deliveryCopy({ code, facts }: RunFailure): Copy | undefined {
  const messages: Partial<Record<string, Copy>> = sharedMessages;
  return facts["kind"] === undefined ? undefined : messages[code];
}

/** What a receiver or a file has against a single row, in a few words. */
export const rowFaultTitles: Readonly<Record<RowFaultCode, string>> = {
  row_too_large: "Larger than the receiver takes",
  row_refused: "Refused by the receiver",
  identifier_empty: "Nothing says whom it is about",
  event_empty: "Nothing says what happened",
  value_unfit: "A value does not fit the format",
  row_not_found: "No row with this key was found at the source",
};
