-- The people who may sign in. E-mail addresses tell them apart whatever their capitals.
create table users (
  id            uuid primary key default gen_random_uuid(),
  name          text not null,
  email         text not null,
  role          text not null,
  time_zone     text not null,
  -- argon2id with its parameters and salt, see passwords.ts.
  password_hash text not null,
  created_at    timestamptz not null default now(),
  constraint user_role check (role in ('admin', 'editor', 'viewer'))
);
create unique index user_email on users (lower(email));

-- The one-time link that creates the first account. Only the SHA-256 of its secret is kept.
create table setup_links (
  token_hash bytea primary key,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);

-- Signed-in browsers. The cookie holds the secret, this table only its SHA-256.
create table sessions (
  token_hash   bytea primary key,
  user_id      uuid not null,
  created_at   timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  constraint session_of_user foreign key (user_id) references users on delete cascade
);
create index session_by_user on sessions (user_id);

-- Failed sign-ins per account and address; they slow the next try down and never lock for good.
create table sign_in_failures (
  account_hash bytea not null,
  address      text not null,
  failures     integer not null,
  last_at      timestamptz not null,
  constraint one_count_per_account_and_address primary key (account_hash, address)
);
