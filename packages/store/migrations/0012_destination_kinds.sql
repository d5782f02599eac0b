-- Rows can go to event APIs, webhooks and files. None of them keeps a state for us, so it is kept here.
alter table connections
  drop constraint connection_kind,
  add constraint connection_kind check (kind in ('postgres', 'events', 'webhook', 'files'));

alter table secrets
  drop constraint secret_field,
  add constraint secret_field check (
    case when tunnel_id is null
      then field in ('password', 'clientKey', 'clientKeyPassphrase',
                     'entraSecret', 'entraCertificate', 'entraCertificatePassword',
                     'writeKey', 'signingKey', 'authorization', 'secretKey')
      else field in ('password', 'privateKey', 'passphrase') end);

-- How far a flow has delivered. The highest epoch seen here is the only one that may plan or acknowledge.
create table deliveries (
  flow_id  uuid primary key,
  epoch    bigint not null,
  -- Where the last finished run ended reading, and of which source; null before the first.
  position jsonb,
  -- The run that began last, and the bounds of its reading, kept for its next attempt.
  run_id   uuid,
  reading  jsonb,
  finished boolean not null default false,
  constraint delivery_flow foreign key (flow_id) references flows on delete cascade
);

-- What a run is about to send, written before the first byte leaves, and what became of it.
create table delivery_batches (
  flow_id    uuid not null,
  run_id     uuid not null,
  seq        integer not null,
  -- Where reading stands after it.
  position   text not null,
  row_count  integer not null,
  -- Of the ids of its rows, in hexadecimal: the same rows again make the same.
  sha256     text not null,
  planned_at timestamptz not null default now(),
  -- Null while nobody knows whether it has arrived.
  delivered  integer,
  rejected   integer,
  constraint one_batch_per_place primary key (flow_id, run_id, seq),
  constraint batch_delivery foreign key (flow_id) references deliveries on delete cascade,
  constraint both_counts_or_none check ((delivered is null) = (rejected is null))
);
