-- What keeps saved connections in order: ends that are known beforehand, and a test of each every night.
alter table connections
  -- A document of the contract's connectionExpiriesSchema.
  add column expiries       jsonb not null default '{}',
  -- When a person's check began last: the night does not test beside it.
  add column check_began_at timestamptz,
  -- When a worker took the connection for its test of the night, whatever came of it.
  add column night_check_at timestamptz;
