-- Saved ways to reach one system; the secrets are in their own table.
create table connections (
  id            uuid primary key default gen_random_uuid(),
  name          text not null,
  kind          text not null default 'postgres',
  -- A document of the contract's postgresSettingsSchema.
  settings      jsonb not null,
  -- Grows with every change of settings or secrets; a check counts only for the revision it tested.
  revision      integer not null default 1,
  -- The built-in sample data has one connection per side; null for everybody's own.
  practice_side text,
  -- A document of the contract's lastCheckSchema.
  last_check    jsonb,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  constraint connection_kind check (kind in ('postgres')),
  constraint connection_practice_side check (practice_side in ('source', 'destination')),
  constraint one_practice_connection_per_side unique (practice_side)
);
create unique index connection_name on connections (lower(name));

-- Envelope encryption: each value has a data key of its own, wrapped by the master key named in key_id.
create table secrets (
  connection_id uuid not null,
  field         text not null,
  version       integer not null,
  key_id        text not null,
  wrapped_key   bytea not null,
  ciphertext    bytea not null,
  updated_at    timestamptz not null default now(),
  constraint one_secret_per_field primary key (connection_id, field),
  constraint secret_connection foreign key (connection_id) references connections on delete cascade,
  constraint secret_field check (field in ('password'))
);
