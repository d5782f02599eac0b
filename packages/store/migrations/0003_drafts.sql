-- Flows that are not finished yet: the answers of the wizard's steps as far as they are typed, never a secret.
create table drafts (
  id         uuid primary key default gen_random_uuid(),
  revision   integer not null default 1,
  practice   boolean not null default false,
  -- One document per step, each of the contract's typedStepSchemas.
  steps      jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
