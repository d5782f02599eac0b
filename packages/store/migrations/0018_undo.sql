-- A run that takes the rows of another back; it is one of its flow's runs, so that nothing else writes meanwhile.
alter table runs
  add column undoes uuid,
  drop constraint run_trigger,
  add constraint run_trigger check (trigger in ('manual', 'schedule', 'retry', 'undo')),
  add constraint undoes_a_run check ((trigger = 'undo') = (undoes is not null));
