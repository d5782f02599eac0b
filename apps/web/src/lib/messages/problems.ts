import type { ProblemType } from "@headgate/contract";
import type { Copy } from "./copy.ts";

/** Copy for every refusal of the server. */
export const problemMessages: Readonly<Record<ProblemType, Copy>> = {
  "error:auth/forbidden": {
    title: "You may look at this, but not change it",
    why: "Your role here does not include this.",
    next: "Ask an administrator of this Headgate to do it, or to change your role.",
  },
  "error:auth/password-needed": {
    title: "This needs your own password",
    why: "It could let someone else listen in, so Headgate makes sure that it is really you who asks for it.",
    next: "Type the password with which you sign in to Headgate.",
  },
  "error:auth/signed-out": {
    title: "You are signed out",
    why: "For safety a session ends after a while, or when you sign out somewhere else.",
    next: "Sign in again. What you typed on this page is still here.",
  },
  "error:auth/too-many-attempts": {
    title: "Too many tries",
    why: "After several wrong passwords Headgate makes everyone wait, which stops people from guessing.",
    next: "Wait {wait} and try again.",
  },
  "error:auth/wrong-credentials": {
    title: "E-mail or password is not right",
    why: "We do not say which of the two, so that nobody can find out who has an account.",
    next: "Type both again. Check capital letters and spaces at the end.",
  },
  "error:connection/in-use": {
    title: "This connection is still in use",
    why: "At least one flow reads or writes through it.",
    next: "Delete those flows first, or point them to another connection.",
  },
  "error:connection/name-taken": {
    title: "Another connection already has this name",
    why: "Two connections with one name would be hard to tell apart.",
    next: "Choose a different name, for example with the server's place in it.",
  },
  "error:connection/not-a-database": {
    title: "Only a PostgreSQL database can do this",
    why: "This connection leads to an event API, a webhook or a place for files. It has no tables that could be read.",
    next: "Choose a PostgreSQL connection.",
  },
  "error:connection/not-found": {
    title: "This connection is gone",
    why: "It was deleted, perhaps in another tab or by someone else.",
    next: "Go back to the list of connections.",
  },
  "error:connection/secret-required": {
    title: "Please type the password again",
    why: "You changed where or how the connection signs in. A saved password is never sent to a new place by itself.",
    next: "Enter the password for the new details and save.",
  },
  "error:draft/incomplete": {
    title: "Something is still missing",
    why: "This answer, or an earlier one, is not finished.",
    next: "Fill in what is marked and continue.",
  },
  "error:draft/not-found": {
    title: "This unfinished flow is gone",
    why: "It was started or thrown away in another tab, or by someone else.",
    next: "Go back to your flows and look there, or begin a new one.",
  },
  "error:draft/outdated": {
    title: "This flow was changed somewhere else",
    why: "Another tab or person saved it after you opened this page.",
    next: "Load their version, or save yours over it.",
  },
  "error:flow/not-found": {
    title: "This flow is gone",
    why: "It was deleted, perhaps in another tab or by someone else.",
    next: "Go back to the list of flows.",
  },
  "error:flow/paused": {
    title: "This flow is paused",
    why: "A paused flow does not run until someone resumes it.",
    next: "Press Resume, then run it.",
  },
  "error:flow/run-active": {
    title: "This flow is already running",
    why: "Two runs of one flow at a time could get in each other's way.",
    next: "Wait for the current run to end, or stop it first.",
  },
  "error:practice/unavailable": {
    title: "There is no sample data here",
    why: "The sample databases come only with the one-command set-up of Headgate.",
    next: "Connect a database of your own instead.",
  },
  "error:request/cross-site": {
    title: "This request came from another site",
    why: "Headgate only accepts changes made from its own pages.",
    next: "Open Headgate at its own address and do it there.",
  },
  "error:request/invalid": {
    title: "Something needs another look",
    why: "One or more answers cannot be used as they are.",
    next: "Correct what is marked and try again.",
  },
  "error:request/malformed": {
    title: "The server could not read this request",
    why: "It may have been damaged on the way, or this page is older than the server.",
    next: "Reload the page and try again.",
  },
  "error:request/not-found": {
    title: "There is nothing here",
    why: "The address is misspelt, or what stood here was deleted.",
    next: "Go back, or start from your flows.",
  },
  "error:request/too-large": {
    title: "That is too much at once",
    why: "What you entered is larger than Headgate accepts.",
    next: "Shorten the longest entry, for example a pasted certificate, and try again.",
  },
  "error:request/too-many": {
    title: "That was a little fast",
    why: "Many requests came from here in a short time.",
    next: "Wait {wait} and try again.",
  },
  "error:request/too-many-at-once": {
    title: "Several tests of yours are still running",
    why: "Headgate runs a few at a time for each person, so that no database is flooded with sign-ins. Other tabs count too.",
    next: "Wait for one of them to end, or stop it, and try again.",
  },
  "error:request/unsupported-type": {
    title: "The server could not read this request",
    why: "It did not come in the form our pages use.",
    next: "Reload the page and try again.",
  },
  "error:run/not-active": {
    title: "This run has already ended",
    why: "It finished before the request to stop it arrived.",
    next: "Look at its result below.",
  },
  "error:run/not-asking": {
    title: "This run does not wait for an answer any more",
    why: "A newer run came after it, or a day has passed and its numbers say little now.",
    next: "Run the flow once more. If it still has to ask, it asks with fresh numbers.",
  },
  "error:run/not-undoable": {
    title: "This run cannot be undone",
    why: "The flow has run again since, too much time has passed, or the destination cannot be asked right now.",
    next: "Open the run again: it says what stands in the way. Nothing was changed.",
  },
  "error:run/not-found": {
    title: "This run is gone",
    why: "Its flow was deleted, and the history with it.",
    next: "Go back to the list of flows.",
  },
  "error:run/not-retryable": {
    title: "These rows cannot be tried again from here",
    why: "A newer run of the flow came after this one, the list is no longer kept, the flow runs SQL of its own, or it does not find its rows by a key in a table.",
    next: "Look at the newest run of the flow. If rows are still missing there, run the flow once more.",
  },
  "error:server/bug": {
    title: "Something went wrong on our side",
    why: "This is a fault in Headgate, not in what you did.",
    next: "Try again. If it stays, tell whoever runs Headgate and give them the number under Technical details.",
  },
  "error:server/store-unavailable": {
    title: "Headgate cannot reach its own database",
    why: "The database in which Headgate keeps its settings is not answering at the moment.",
    next: "Wait a minute and try again. If it stays, tell whoever runs Headgate.",
  },
  "error:setup/closed": {
    title: "Headgate is already set up",
    why: "The first account exists, so the set-up link no longer works.",
    next: "Sign in with that account.",
  },
  "error:setup/wrong-link": {
    title: "This set-up link does not work",
    why: "It was cut while copying, used before, or replaced when Headgate started again.",
    next: "Copy the newest link from the window in which Headgate was started.",
  },
  "error:tunnel/host-key-not-seen": {
    title: "The SSH server shows another key now",
    why: "Only the key that it showed last can be accepted, and that is not the one you compared.",
    next: "Ask for its key again and compare the new fingerprint.",
  },
  "error:tunnel/in-use": {
    title: "Connections still use this tunnel",
    why: "Without it they would no longer reach their database.",
    next: "Change those connections first.",
  },
  "error:tunnel/name-taken": {
    title: "Another tunnel has this name",
    why: "Names tell tunnels apart in every list.",
    next: "Choose another name.",
  },
  "error:tunnel/not-found": {
    title: "This tunnel is gone",
    why: "It was deleted in the meantime.",
    next: "Choose another one, or add a new one.",
  },
  "error:tunnel/outdated": {
    title: "Someone else has changed this tunnel",
    why: "It is no longer as you saw it when you began.",
    next: "Load it again and repeat your change.",
  },
  "error:tunnel/secret-required": {
    title: "Please enter the secret of the tunnel again",
    why: "You changed where or as whom it signs in. So that nobody can send a saved secret elsewhere, we ask for it.",
    next: "Enter the password or the private key, then save.",
  },
};
