-- Rows that a run set aside can be tried again by a run of their own, which knows whose rows they are.
alter table runs
  add column retry_of uuid,
  add constraint run_retried foreign key (retry_of) references runs on delete set null,
  drop constraint run_trigger,
  add constraint run_trigger check (trigger in ('manual', 'schedule', 'retry'));
create index run_retries on runs (retry_of) where retry_of is not null;
