-- What it takes to post once whatever happens, and to survive that channels and servers go away.

-- What each channel has asked, in the order of `place`: with `rotation` and `put_off` the place in its cycle. Until now the posts told it,
-- which a daily question that moves does not take along.
create table asked (
    channel_id bigint not null,
    cycle bigint not null,
    question_key text not null,
    place bigint not null,
    primary key (channel_id, cycle, question_key)
);
insert into asked (channel_id, cycle, question_key, place)
    select channel_id, cycle, question_key, min(cast(replace(day, '-', '') as bigint)) from post
    where cycle is not null and question_key is not null and state in ('claimed', 'sent', 'moved')
    group by channel_id, cycle, question_key;

-- Since when the try that is under way may have taken effect; and since when an earlier one may have, whose outcome nobody knows.
alter table post add column tried_at bigint;
alter table post add column unclear_since bigint;
-- What is under way now was tried before that was noted.
update post set tried_at = due_at where state = 'claimed';

-- Since when the channel is gone, or Starling is not in the server: after thirty days the settings are forgotten.
alter table daily add column gone_at bigint;
alter table daily add column removed_at bigint;

-- On which UTC days a person was told that a daily question fails.
create table notice (
    user_id bigint not null,
    day text not null,
    primary key (user_id, day)
);

-- When a connection to the gateway was begun, so that a crash that repeats does not use up what Discord allows.
create table gateway_start (
    started_at bigint not null,
    number bigint not null,
    primary key (started_at, number)
);
