-- A pass over grants is named after its downstream.
alter table reconcile_marks modify name varchar(64) not null;
