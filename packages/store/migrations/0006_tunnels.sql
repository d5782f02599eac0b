-- Saved ways through an SSH server, which several connections may use.
create table tunnels (
  id            uuid primary key default gen_random_uuid(),
  name          text not null,
  host          text not null,
  port          integer not null,
  ssh_user      text not null,
  method        text not null,
  -- Of the pair that Headgate made; the private half is a secret.
  public_key    text,
  -- Documents of the contract's hostKeySchema: the key that was accepted, and the one the server showed last.
  host_key      jsonb,
  seen_host_key jsonb,
  -- Grows with every change of where or how it connects.
  revision      integer not null default 1,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  constraint tunnel_method check (method in ('password', 'private_key', 'headgate_key')),
  constraint own_key_is_known check ((method = 'headgate_key') = (public_key is not null))
);
create unique index tunnel_name on tunnels (lower(name));

alter table connections
  add column tunnel_id uuid generated always as ((settings ->> 'tunnelId')::uuid) stored,
  add constraint connection_tunnel foreign key (tunnel_id) references tunnels;
create index connection_by_tunnel on connections (tunnel_id);

-- A secret now belongs to a connection or to a tunnel. What is authenticated of the old ones stays as it was.
alter table secrets drop constraint one_secret_per_field, drop constraint secret_field;
alter table secrets
  alter column connection_id drop not null,
  add column tunnel_id uuid,
  add constraint secret_tunnel foreign key (tunnel_id) references tunnels on delete cascade,
  add constraint secret_has_one_owner check (num_nonnulls(connection_id, tunnel_id) = 1),
  add constraint one_secret_per_field unique nulls not distinct (connection_id, tunnel_id, field),
  add constraint secret_field check (
    case when tunnel_id is null
      then field in ('password', 'clientKey', 'clientKeyPassphrase',
                     'entraSecret', 'entraCertificate', 'entraCertificatePassword')
      else field in ('password', 'privateKey', 'passphrase') end);
create index secret_by_tunnel on secrets (tunnel_id) where tunnel_id is not null;
