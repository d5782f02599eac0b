-- A person's wish that a flow reads rows again: a document of the contract's rereadSchema. It counts until a run has
-- succeeded with it.
alter table flows add column reread jsonb;
