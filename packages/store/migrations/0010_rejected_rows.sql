-- Rows that runs set aside because the destination refused them. Their keys are people's data, so the list of a run is
-- sealed like a secret; it is thrown away after two weeks.
create table rejected_rows (
  run_id      uuid primary key,
  key_id      text not null,
  wrapped_key bytea not null,
  ciphertext  bytea not null,
  created_at  timestamptz not null default now(),
  constraint rejected_rows_run foreign key (run_id) references runs on delete cascade
);
create index rejected_rows_by_age on rejected_rows (created_at);
