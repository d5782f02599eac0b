-- A run whose tables are no longer those the flow was made for pauses the flow, and says why: a code of the contract's
-- runCodes. Resuming it says yes to the columns as that run found them, known by their digest.
alter table flows
  add column paused_for text,
  add column accepted_columns text,
  add constraint reason_while_paused check (paused_for is null or paused_at is not null);

-- What a run noticed and went on; a document of the contract's runNoteSchema, many of them.
alter table runs add column notes jsonb not null default '[]';
