import type { RunCode } from "@headgate/contract";
import type { Copy } from "./copy.ts";
import { receiverRunMessages } from "./delivery-codes.ts";

/** Copy for every reason why a run can fail. `{side}` is "source" or "destination". */
export const runMessages: Readonly<Record<RunCode, Copy>> = {
  source_unreachable: {
    title: "The source database could not be reached",
    why: "It did not answer, or did not let us in.",
    next: "Test the connection; it says at which step it stops. Nothing was written.",
  },
  destination_unreachable: {
    title: "The destination database could not be reached",
    why: "It did not answer, or did not let us in.",
    next: "Test the connection; it says at which step it stops. Nothing was written.",
  },
  source_table_missing: {
    title: "The source table {table} is gone",
    why: "It was renamed or deleted since the flow was set up.",
    next: "Bring the table back, or set up the flow with another one.",
  },
  destination_table_missing: {
    title: "The destination table {table} is gone",
    why: "It was renamed or deleted since the flow was set up.",
    next: "Bring the table back, or set up the flow with another one.",
  },
  source_column_missing: {
    title: "The column {column} is gone from the source",
    why: "It was renamed or removed since the flow was set up.",
    next: "Bring the column back, or set up the flow without it.",
  },
  destination_column_missing: {
    title: "The column {column} is gone from the destination",
    why: "It was renamed or removed since the flow was set up.",
    next: "Bring the column back, or set up the flow without it.",
  },
  source_forbidden: {
    title: "The source user may no longer read {table}",
    why: "A right was taken away at the source database.",
    next: "Ask whoever runs that database to allow reading again.",
  },
  destination_forbidden: {
    title: "The destination user may not write to {table}",
    why: "A right that this flow needs is missing at the destination database.",
    next: "Ask whoever runs that database to allow it.",
  },
  state_forbidden: {
    title: "The destination user may not keep Headgate's own small table",
    why: "Headgate notes in the schema “headgate” of the destination how far each flow has come, together with the rows. That is what lets it repeat nothing and lose nothing.",
    next: "Ask whoever runs that database to create a schema named headgate that belongs to {user}.",
  },
  rows_hidden: {
    title: "The {side} hides some rows from us",
    why: "A security rule of {table} lets this user see only part of it. Treating a part as if it were all would be wrong.",
    next: "Ask for a user who may see all rows; at the source, a view made for this purpose does as well.",
  },
  source_changed: {
    title: "{table} is not the table this flow has read so far",
    why: "The source was restored, moved to another server or made anew, so Headgate cannot tell which rows it has added already.",
    next: "Set up the flow anew: with “Add and update” rows that are there already are found again, with “Add only” all rows are added.",
  },
  query_refused: {
    title: "The source refused the query",
    why: "Something the query names was renamed or removed, or the query does what a reading query may not.",
    next: "Try the query again where it was written; the database's own words are below. Nothing was written.",
  },
  cursor_empty: {
    title: "Some rows have no value in {column}",
    why: "This flow finds new rows by that column. A row without a value could never be found, so it would be missing without anybody noticing.",
    next: "Fill the column at the source, or let the flow compare all rows instead.",
  },
  schema_changed: {
    title: "{column} has changed at the {side}",
    why: "It is not what it was in the last run, and this flow copies it. Nothing was written, and the flow is paused so that nothing wrong is.",
    next: "Bring it back as it was, or make sure that the other side fits; then resume the flow.",
  },
  destination_read_only: {
    title: "The destination is a read-only copy",
    why: "This server only follows another one and accepts no changes.",
    next: "Use the address of the main server for the destination.",
  },
  no_unique_key: {
    title: "Rows in {table} can no longer be told apart",
    why: "The unique key over {columns} that this flow matches rows by does not exist.",
    next: "Ask for the unique key to be added again, or set up the flow to only add rows.",
  },
  key_repeated: {
    title: "Two rows share the same key",
    why: "The source has more than one row with the same {columns}. We cannot know which one is right.",
    next: "Remove the repeats at the source, or choose other columns that tell rows apart.",
  },
  key_empty: {
    title: "Some rows have an empty key",
    why: "{columns} is empty in at least one source row, and empty values never match each other.",
    next: "Fill the values in at the source, or choose other columns that tell rows apart.",
  },
  value_repeated: {
    title: "The destination already has a row like this",
    why: "{constraint} allows a value only once, and a row would have repeated it.",
    next: "Choose “Add and update”, or remove the repeated rows.",
  },
  value_required: {
    title: "{column} must not be empty at the destination",
    why: "At least one source row has no value there.",
    next: "Fill the values in at the source, or allow empty values at the destination.",
  },
  value_refused: {
    title: "The destination has a rule against one of the values",
    why: "{constraint} did not accept a row.",
    next: "Correct the row at the source, or ask for the rule to be changed.",
  },
  value_too_long: {
    title: "A value is too long for {column}",
    why: "The destination column has a maximum length, and at least one source value is longer.",
    next: "Ask for a wider column at the destination, or shorten the values at the source.",
  },
  value_out_of_range: {
    title: "A number is too large for {column}",
    why: "The destination column holds smaller numbers than the source.",
    next: "Ask for a larger number type at the destination.",
  },
  value_wrong_type: {
    title: "A value does not fit {column}",
    why: "The destination column expects {type}, and at least one source value is something else.",
    next: "Send the column to another place, or correct the values at the source.",
  },
  reference_missing: {
    title: "A row points to another row that is not there",
    why: "{constraint} at the destination demands a matching row in another table first.",
    next: "Let the flow of that other table run first, then run this one again.",
  },
  rows_swallowed: {
    title: "The destination quietly dropped rows",
    why: "We sent more rows than the table took, so a trigger or a rule there throws some away. We took everything back.",
    next: "Ask whoever runs the destination about triggers and rules on {table}.",
  },
  rule_broken: {
    title: "{column} breaks a rule of this flow: {constraint}",
    why: "At least one row of the source does not keep the rule, and the flow is to stop then. Nothing was written.",
    next: "Put the rows right at the source, or change the rule.",
  },
  sql_refused: {
    title: "The SQL {when} the run did not work",
    why: "The destination refused the statements that belong to this flow. They may not begin or end a transaction, because they are kept with the rows or not at all.",
    next: "Ask an admin of this Headgate to set up the flow with other statements; the database's own words are below. Nothing was written.",
  },
  too_many_rejected: {
    title: "Too many rows were refused",
    why: "{table} at the destination refused more than {limit} rows, so nothing was kept. The first of them are listed below.",
    next: "Look at what they have in common: often one column holds something the destination does not allow.",
  },
  ...receiverRunMessages,
  receipt_unbalanced: {
    title: "The counts did not add up, so we took everything back",
    why: "The rows read and the rows accounted for differ. A run like that must not count as done.",
    next: "Run it again. If it stays, send the technical details to whoever runs Headgate.",
  },
  disk_full: {
    title: "The destination's disk is full",
    why: "The server had no room left for the rows. What was begun was taken back.",
    next: "Ask for room to be made, then run it again.",
  },
  too_slow: {
    title: "The {side} took too long",
    why: "The database ended the work because it went on for longer than allowed.",
    next: "Run it again at a quieter time, or ask for a longer limit.",
  },
  table_locked: {
    title: "{table} was locked by someone else",
    why: "Another program held the table for so long that we stopped waiting.",
    next: "Nothing to do: the next run tries again. If it happens often, choose a quieter time.",
  },
  line_cut: {
    title: "The line to the {side} was cut",
    why: "The network broke or the database restarted in the middle. What was begun was taken back.",
    next: "Nothing to do: the next run starts from a clean state.",
  },
  another_run_took_over: {
    title: "A newer run took over",
    why: "This one had been silent for too long, so another one was started in its place. No row was written twice.",
    next: "Look at the newer run.",
  },
  undo_impossible: {
    title: "A run of this flow cannot be undone",
    why: "Rows of {table} can be told apart by who wrote them last only in a table that Headgate sees whole, and only while no newer run has written and nobody changed its columns. Nothing was written.",
    next: "Open the run that you want to undo: it says what stands in the way. If the destination is a view, set up the flow without undoing.",
  },
  worker_lost: {
    title: "The run was interrupted",
    why: "The program that did the work stopped, for example because the machine was restarted.",
    next: "Run it again. Rows that were not finished were taken back.",
  },
  secret_unreadable: {
    title: "A saved password cannot be opened",
    why: "Headgate was started with another master key than the one with which the password was saved.",
    next: "Type the password again on the connection's page, or bring back the old key.",
  },
  unexpected: {
    title: "Something happened that we did not expect",
    why: "This answer of the {side} is not on our list, so we do not want to guess.",
    next: "Run it again. If it stays, send the technical details to whoever runs Headgate.",
  },
};
