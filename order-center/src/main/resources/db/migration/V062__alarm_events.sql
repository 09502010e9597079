-- Alarms on their way to the webhook, written with the findings they tell of. Sent at least once:
-- the receiver knows an event by its id.
create table alarm_events (
  event_id bigint not null,
  finding_class smallint not null,
  body varchar(4000) not null,
  created_at datetime(6) not null,
  tries int not null default 0,
  next_at datetime(6) null,
  sent_at datetime(6) null,
  primary key (event_id),
  key due (next_at)
);
