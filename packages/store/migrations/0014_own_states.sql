-- How far a flow has come whose destination does not let Headgate keep a table there. The rows and this are then two
-- commits: after a crash between them one page may be sent twice. Documents of the connectors.
create table flow_states (
  flow_id         uuid primary key,
  epoch           bigint not null,
  seq             bigint not null default 0,
  run_id          uuid,
  receipt         jsonb,
  position        jsonb,
  source_identity jsonb,
  updated_at      timestamptz not null default now(),
  constraint state_of_flow foreign key (flow_id) references flows on delete cascade
);
