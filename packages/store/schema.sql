-- The store's tables after all migrations. Written by `npm run db:dump`, do not edit.

create sequence run_epoch as bigint;

create table connections (
  id uuid not null default gen_random_uuid(),
  name text not null,
  kind text not null default 'postgres'::text,
  settings jsonb not null,
  revision integer not null default 1,
  practice_side text,
  last_check jsonb,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  tunnel_id uuid generated always as (((settings ->> 'tunnelId'::text))::uuid) stored,
  expiries jsonb not null default '{}'::jsonb,
  check_began_at timestamp with time zone,
  night_check_at timestamp with time zone,
  constraint connection_kind CHECK ((kind = ANY (ARRAY['postgres'::text, 'events'::text, 'webhook'::text, 'files'::text]))),
  constraint connection_practice_side CHECK ((practice_side = ANY (ARRAY['source'::text, 'destination'::text]))),
  constraint connection_tunnel FOREIGN KEY (tunnel_id) REFERENCES tunnels(id),
  constraint connections_pkey PRIMARY KEY (id),
  constraint one_practice_connection_per_side UNIQUE (practice_side)
);
CREATE INDEX connection_by_tunnel ON public.connections USING btree (tunnel_id);
CREATE UNIQUE INDEX connection_name ON public.connections USING btree (lower(name));

create table deliveries (
  flow_id uuid not null,
  epoch bigint not null,
  "position" jsonb,
  run_id uuid,
  reading jsonb,
  finished boolean not null default false,
  constraint deliveries_pkey PRIMARY KEY (flow_id),
  constraint delivery_flow FOREIGN KEY (flow_id) REFERENCES flows(id) ON DELETE CASCADE
);

create table delivery_batches (
  flow_id uuid not null,
  run_id uuid not null,
  seq integer not null,
  "position" text not null,
  row_count integer not null,
  sha256 text not null,
  planned_at timestamp with time zone not null default now(),
  delivered integer,
  rejected integer,
  constraint batch_delivery FOREIGN KEY (flow_id) REFERENCES deliveries(flow_id) ON DELETE CASCADE,
  constraint both_counts_or_none CHECK (((delivered IS NULL) = (rejected IS NULL))),
  constraint one_batch_per_place PRIMARY KEY (flow_id, run_id, seq)
);

create table drafts (
  id uuid not null default gen_random_uuid(),
  revision integer not null default 1,
  practice boolean not null default false,
  steps jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint drafts_pkey PRIMARY KEY (id)
);

create table flow_states (
  flow_id uuid not null,
  epoch bigint not null,
  seq bigint not null default 0,
  run_id uuid,
  receipt jsonb,
  "position" jsonb,
  source_identity jsonb,
  updated_at timestamp with time zone not null default now(),
  constraint flow_states_pkey PRIMARY KEY (flow_id),
  constraint state_of_flow FOREIGN KEY (flow_id) REFERENCES flows(id) ON DELETE CASCADE
);

create table flows (
  id uuid not null,
  name text not null,
  definition jsonb not null,
  paused_at timestamp with time zone,
  practice boolean not null default false,
  next_run_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  source_connection_id uuid not null generated always as (((definition #>> '{source,connectionId}'::text[]))::uuid) stored,
  destination_connection_id uuid not null generated always as (((definition #>> '{destination,connectionId}'::text[]))::uuid) stored,
  paused_for text,
  accepted_columns text,
  reread jsonb,
  constraint flow_destination FOREIGN KEY (destination_connection_id) REFERENCES connections(id),
  constraint flow_source FOREIGN KEY (source_connection_id) REFERENCES connections(id),
  constraint flows_pkey PRIMARY KEY (id),
  constraint no_slot_while_paused CHECK (((paused_at IS NULL) OR (next_run_at IS NULL))),
  constraint reason_while_paused CHECK (((paused_for IS NULL) OR (paused_at IS NOT NULL)))
);
CREATE INDEX flow_by_destination ON public.flows USING btree (destination_connection_id);
CREATE INDEX flow_by_source ON public.flows USING btree (source_connection_id);
CREATE INDEX flow_due ON public.flows USING btree (next_run_at) WHERE (next_run_at IS NOT NULL);

create table rejected_rows (
  run_id uuid not null,
  key_id text not null,
  wrapped_key bytea not null,
  ciphertext bytea not null,
  created_at timestamp with time zone not null default now(),
  constraint rejected_rows_pkey PRIMARY KEY (run_id),
  constraint rejected_rows_run FOREIGN KEY (run_id) REFERENCES runs(id) ON DELETE CASCADE
);
CREATE INDEX rejected_rows_by_age ON public.rejected_rows USING btree (created_at);

create table runs (
  id uuid not null default gen_random_uuid(),
  flow_id uuid not null,
  trigger text not null,
  status text not null default 'queued'::text,
  scheduled_for timestamp with time zone not null,
  not_before timestamp with time zone not null default now(),
  attempt integer not null default 0,
  epoch bigint,
  worker_id text,
  lease_expires_at timestamp with time zone,
  cancel_requested boolean not null default false,
  created_at timestamp with time zone not null default now(),
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  progress jsonb,
  receipt jsonb,
  failure jsonb,
  hold jsonb,
  confirmation jsonb,
  notes jsonb not null default '[]'::jsonb,
  retry_of uuid,
  undoes uuid,
  constraint epoch_once_claimed CHECK (((attempt > 0) = (epoch IS NOT NULL))),
  constraint finished_when_over CHECK (((status = ANY (ARRAY['queued'::text, 'running'::text])) = (finished_at IS NULL))),
  constraint lease_while_running CHECK (((status = 'running'::text) = (lease_expires_at IS NOT NULL))),
  constraint one_run_per_slot UNIQUE (flow_id, scheduled_for),
  constraint question_of_hold CHECK (((status = 'needs_confirmation'::text) = (hold IS NOT NULL))),
  constraint reason_of_failure CHECK (((status <> 'failed'::text) OR (failure IS NOT NULL))),
  constraint receipt_of_success CHECK (((status <> 'succeeded'::text) OR (receipt IS NOT NULL))),
  constraint run_flow FOREIGN KEY (flow_id) REFERENCES flows(id) ON DELETE CASCADE,
  constraint run_retried FOREIGN KEY (retry_of) REFERENCES runs(id) ON DELETE SET NULL,
  constraint run_status CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text, 'needs_confirmation'::text]))),
  constraint run_trigger CHECK ((trigger = ANY (ARRAY['manual'::text, 'schedule'::text, 'retry'::text, 'undo'::text]))),
  constraint runs_pkey PRIMARY KEY (id),
  constraint undoes_a_run CHECK (((trigger = 'undo'::text) = (undoes IS NOT NULL)))
);
CREATE INDEX run_history ON public.runs USING btree (flow_id, created_at DESC);
CREATE INDEX run_retries ON public.runs USING btree (retry_of) WHERE (retry_of IS NOT NULL);
CREATE UNIQUE INDEX one_open_run_per_flow ON public.runs USING btree (flow_id) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE UNIQUE INDEX one_running_run_per_flow ON public.runs USING btree (flow_id) WHERE (status = 'running'::text);

create table secrets (
  connection_id uuid,
  field text not null,
  version integer not null,
  key_id text not null,
  wrapped_key bytea not null,
  ciphertext bytea not null,
  updated_at timestamp with time zone not null default now(),
  tunnel_id uuid,
  constraint one_secret_per_field UNIQUE NULLS NOT DISTINCT (connection_id, tunnel_id, field),
  constraint secret_connection FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE,
  constraint secret_field CHECK (
CASE
    WHEN (tunnel_id IS NULL) THEN (field = ANY (ARRAY['password'::text, 'clientKey'::text, 'clientKeyPassphrase'::text, 'entraSecret'::text, 'entraCertificate'::text, 'entraCertificatePassword'::text, 'writeKey'::text, 'signingKey'::text, 'authorization'::text, 'secretKey'::text]))
    ELSE (field = ANY (ARRAY['password'::text, 'privateKey'::text, 'passphrase'::text]))
END),
  constraint secret_has_one_owner CHECK ((num_nonnulls(connection_id, tunnel_id) = 1)),
  constraint secret_tunnel FOREIGN KEY (tunnel_id) REFERENCES tunnels(id) ON DELETE CASCADE
);
CREATE INDEX secret_by_tunnel ON public.secrets USING btree (tunnel_id) WHERE (tunnel_id IS NOT NULL);

create table sessions (
  token_hash bytea not null,
  user_id uuid not null,
  created_at timestamp with time zone not null default now(),
  last_seen_at timestamp with time zone not null default now(),
  constraint session_of_user FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint sessions_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX session_by_user ON public.sessions USING btree (user_id);

create table setup_links (
  token_hash bytea not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  constraint setup_links_pkey PRIMARY KEY (token_hash)
);

create table sign_in_failures (
  account_hash bytea not null,
  address text not null,
  failures integer not null,
  last_at timestamp with time zone not null,
  constraint one_count_per_account_and_address PRIMARY KEY (account_hash, address)
);

create table tunnels (
  id uuid not null default gen_random_uuid(),
  name text not null,
  host text not null,
  port integer not null,
  ssh_user text not null,
  method text not null,
  public_key text,
  host_key jsonb,
  seen_host_key jsonb,
  revision integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint own_key_is_known CHECK (((method = 'headgate_key'::text) = (public_key IS NOT NULL))),
  constraint tunnel_method CHECK ((method = ANY (ARRAY['password'::text, 'private_key'::text, 'headgate_key'::text]))),
  constraint tunnels_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX tunnel_name ON public.tunnels USING btree (lower(name));

create table users (
  id uuid not null default gen_random_uuid(),
  name text not null,
  email text not null,
  role text not null,
  time_zone text not null,
  password_hash text not null,
  created_at timestamp with time zone not null default now(),
  constraint user_role CHECK ((role = ANY (ARRAY['admin'::text, 'editor'::text, 'viewer'::text]))),
  constraint users_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX user_email ON public.users USING btree (lower(email));

create table workers (
  id text not null,
  version text not null,
  started_at timestamp with time zone not null default now(),
  seen_at timestamp with time zone not null default now(),
  constraint workers_pkey PRIMARY KEY (id)
);
