-- A run commits large tables in pages: what it had brought by the time it failed or was stopped is told with it.
alter table runs
  drop constraint receipt_of_success,
  add constraint receipt_of_success check (status <> 'succeeded' or receipt is not null);
