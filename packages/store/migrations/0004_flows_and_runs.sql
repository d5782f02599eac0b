-- A published flow. A flow keeps the id of the draft it came from, so that publishing twice makes one flow.
create table flows (
  id          uuid primary key,
  name        text not null,
  -- A document of the contract's flowDefinitionSchema.
  definition  jsonb not null,
  -- Set while paused; missed slots are counted from here when the flow is resumed.
  paused_at   timestamptz,
  practice    boolean not null default false,
  -- The next slot of the schedule; null when the flow runs only by hand, is paused, or its schedule has ended.
  next_run_at timestamptz,
  created_at  timestamptz not null default now(),
  source_connection_id      uuid not null generated always as ((definition #>> '{source,connectionId}')::uuid) stored,
  destination_connection_id uuid not null generated always as ((definition #>> '{destination,connectionId}')::uuid) stored,
  constraint flow_source foreign key (source_connection_id) references connections,
  constraint flow_destination foreign key (destination_connection_id) references connections,
  constraint no_slot_while_paused check (paused_at is null or next_run_at is null)
);
create index flow_due on flows (next_run_at) where next_run_at is not null;
create index flow_by_source on flows (source_connection_id);
create index flow_by_destination on flows (destination_connection_id);

-- Every claim of a run takes a new epoch; the destination accepts only the highest one it has seen.
create sequence run_epoch as bigint;

-- A run is one execution of a flow: the history people see and the truth about who is working on it.
-- The queue only wakes a worker.
create table runs (
  id               uuid primary key default gen_random_uuid(),
  flow_id          uuid not null,
  trigger          text not null,
  status           text not null default 'queued',
  scheduled_for    timestamptz not null,
  -- Before this moment no worker may take it: the pause before another attempt.
  not_before       timestamptz not null default now(),
  attempt          integer not null default 0,
  epoch            bigint,
  worker_id        text,
  lease_expires_at timestamptz,
  cancel_requested boolean not null default false,
  created_at       timestamptz not null default now(),
  started_at       timestamptz,
  finished_at      timestamptz,
  -- Documents of the contract's progressSchema, receiptSchema and runFailureSchema.
  progress         jsonb,
  receipt          jsonb,
  failure          jsonb,
  constraint run_flow foreign key (flow_id) references flows on delete cascade,
  constraint run_trigger check (trigger in ('manual', 'schedule')),
  constraint run_status check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  -- Two schedulers ticking at once create one run.
  constraint one_run_per_slot unique (flow_id, scheduled_for),
  constraint lease_while_running check ((status = 'running') = (lease_expires_at is not null)),
  constraint epoch_once_claimed check ((attempt > 0) = (epoch is not null)),
  constraint finished_when_over check ((status in ('queued', 'running')) = (finished_at is null)),
  constraint receipt_of_success check ((status = 'succeeded') = (receipt is not null)),
  constraint reason_of_failure check (status <> 'failed' or failure is not null)
);
create unique index one_running_run_per_flow on runs (flow_id) where status = 'running';
-- Also what the scheduler reads every second to find runs nobody works on.
create unique index one_open_run_per_flow on runs (flow_id) where status in ('queued', 'running');
create index run_history on runs (flow_id, created_at desc);
