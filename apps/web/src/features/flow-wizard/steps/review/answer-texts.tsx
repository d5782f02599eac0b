import {
  destinationAnswersSchema,
  scheduleSchema,
  type Connection,
  type DestinationAnswers,
  type Draft,
  type StepId,
} from "@headgate/contract";
import { describeSchedule, destinationSyncKey, nextRuns, writeModeRules, type TypedEvents } from "@headgate/core";
import type { ReactNode } from "react";
import { formatBytes, formatEstimate } from "../../../../lib/format/numbers.ts";
import { formatRelative } from "../../../../lib/format/time.ts";
import { worked } from "../../../connections/last-test.ts";
import { kindWords } from "../../../connections/kind-words.ts";
import { placeWords } from "../../../connections/place-words.ts";
import { writtenQuery } from "../../source-query.ts";
import type { Tables } from "../../use-tables.ts";
import { badRowsCards, ownSqlCopy, readModeWords, stateCopy, undoCopy } from "../destination/copy.ts";
import { sentBadRows, sentCopy } from "../destination/sent/copy.ts";
import { writeModeCard } from "../destination/write-mode-cards.ts";
import { fromNow, wallClock } from "../schedule/run-times.ts";
import { reviewCopy } from "./copy.ts";
import classes from "./review.module.css";

type Texts = Record<Exclude<StepId, "review">, ReactNode>;

/** The answers of a draft in words, one entry per step. */
export function answerTexts(draft: Draft, connections: readonly Connection[], tables: Tables): Texts {
  const { credentials, table } = draft.steps;
  const source = connections.find(({ id }) => id === credentials?.connectionId);
  return {
    credentials: source && <Lines first={source.name} more={[addressOf(source)]} />,
    test: source && testText(source),
    table: <Lines first={writtenQuery(table)?.name ?? nameOf(table)} more={[sizeText(tables)]} />,
    destination: destinationText(draft, connections),
    mapping: mappingText(draft, tables),
    schedule: scheduleText(draft),
  };
}

function testText(source: Connection): string {
  if (!worked(source) || !source.lastCheck) return reviewCopy.notTested;
  return reviewCopy.tested(formatRelative(new Date(source.lastCheck.at), new Date()));
}

function sizeText(tables: Tables): string | undefined {
  if (tables.status !== "known") return undefined;
  const { rowEstimate, bytes } = tables.source;
  return [formatEstimate(rowEstimate), ...(bytes ? [formatBytes(bytes)] : [])].join(", ");
}

function destinationText(draft: Draft, connections: readonly Connection[]): ReactNode {
  const answers = destinationAnswersSchema.safeParse(draft.steps.destination).data;
  const connection = connections.find(({ id }) => id === answers?.connectionId);
  if (!answers || !connection) return null;
  if (answers.kind !== "postgres") return <SentText answers={answers} connection={connection} />;
  const key = destinationSyncKey(answers, { fields: draft.steps.mapping?.fields ?? [] });
  const kind = answers.target === "create" ? reviewCopy.newTable : reviewCopy.existingTable;
  const { title, sentence } = writeModeCard(answers.writeMode, answers.readMode);
  return (
    <Lines
      first={connection.name}
      more={[
        `${nameOf(answers)}, ${kind}`,
        `${title}: ${sentence}`,
        reviewCopy.reads(readModeWords(answers.readMode, answers.writeMode).title),
        writeModeRules[answers.writeMode].setsAside
          ? reviewCopy.refused(badRowsCards[answers.badRows].title)
          : reviewCopy.refused(badRowsCards.stop.title),
        answers.keepsState === "headgate" ? stateCopy.chosen : undefined,
        answers.keepsUndo ? undoCopy.chosen : undefined,
        key.length > 0 ? reviewCopy.keyedBy(key) : undefined,
        answers.sqlBefore === undefined ? undefined : `${ownSqlCopy.chosen.sqlBefore}: ${answers.sqlBefore}`,
        answers.sqlAfter === undefined ? undefined : `${ownSqlCopy.chosen.sqlAfter}: ${answers.sqlAfter}`,
      ]}
    />
  );
}

type SentProps = {
  readonly answers: Exclude<DestinationAnswers, { kind: "postgres" }>;
  readonly connection: Connection;
};

function SentText({ answers, connection }: SentProps): ReactNode {
  const { kind, readMode, badRows, syncKey } = answers;
  return (
    <Lines
      first={connection.name}
      more={[
        `${kindWords[kind].title}: ${placeWords(connection.settings)}`,
        reviewCopy.sends(sentCopy.readTitles[readMode]),
        reviewCopy.refused(sentBadRows[badRows].title),
        syncKey.length > 0 ? reviewCopy.keyedBy(syncKey) : undefined,
      ]}
    />
  );
}

const shownColumns = 12;

function eventsText({ type = "identify", userId, anonymousId, event, timestamp, traits = [] }: TypedEvents): ReactNode {
  const what = event?.kind === "column" ? reviewCopy.eventFrom(event.column) : (event?.text ?? "");
  return (
    <Lines
      first={type === "track" ? reviewCopy.track(what) : reviewCopy.identify}
      more={[
        reviewCopy.about([userId, anonymousId].filter((name) => name !== undefined)),
        timestamp === undefined ? undefined : reviewCopy.when(timestamp),
        someOf(traits.map(({ source, key }) => (source === key ? key : reviewCopy.renamed(source, key)))),
      ]}
    />
  );
}

function mappingText(draft: Draft, tables: Tables): ReactNode {
  const { events } = draft.steps.mapping ?? {};
  if (draft.steps.destination?.kind === "events") return eventsText(events ?? {});
  const fields = draft.steps.mapping?.fields ?? [];
  const total = tables.status === "known" ? tables.source.fields.length : fields.length;
  const names = fields.map(({ source, destination }) =>
    source === destination ? source : reviewCopy.renamed(source, destination),
  );
  return <Lines first={reviewCopy.columns(fields.length, total)} more={[someOf(names)]} />;
}

function someOf(names: readonly string[]): string {
  const rest = names.length - shownColumns;
  const shown = names.slice(0, shownColumns).join(", ");
  return rest > 0 ? `${shown} ${reviewCopy.andMore(rest)}` : shown;
}

function scheduleText(draft: Draft): ReactNode {
  const schedule = scheduleSchema.safeParse(draft.steps.schedule).data;
  if (!schedule) return null;
  const now = new Date();
  const [first] = nextRuns(schedule, now, 1);
  const when = first && schedule.kind !== "manual" && `${fromNow(first, now)} (${wallClock(first, schedule.timeZone)})`;
  return <Lines first={describeSchedule(schedule)} more={[when ? reviewCopy.firstRun(when) : undefined]} />;
}

function Lines({ first, more }: { readonly first: string; readonly more: readonly (string | undefined)[] }) {
  return (
    <>
      <span className={classes.first}>{first}</span>
      {more.map((line) =>
        line ? (
          <span key={line} className={classes.more}>
            {line}
          </span>
        ) : null,
      )}
    </>
  );
}

function addressOf({ settings }: Connection): string {
  return placeWords(settings);
}

function nameOf(table: { schema?: string | undefined; name?: string | undefined } | undefined): string {
  return `${table?.schema ?? ""}.${table?.name ?? ""}`;
}
