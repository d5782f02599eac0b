-- Heartbeats of the processes that execute runs.
create table workers (
  id         text primary key,
  version    text not null,
  started_at timestamptz not null default now(),
  seen_at    timestamptz not null default now()
);
