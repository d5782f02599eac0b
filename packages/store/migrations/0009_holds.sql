-- A run that would delete more than may be taken for granted ends, and asks a person. A yes starts another run, which
-- carries it. Documents of the contract's holdSchema and confirmationSchema.
alter table runs
  add column hold jsonb,
  add column confirmation jsonb,
  drop constraint run_status,
  add constraint run_status
    check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'needs_confirmation')),
  add constraint question_of_hold check ((status = 'needs_confirmation') = (hold is not null));
