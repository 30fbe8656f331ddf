-- Practice that makes people better: whom the coach speaks to, when a question is due again, which answers their authors share, and in which
-- zone a post's day was, so that a streak can be worked out across a change of zone.

-- What a person chose, and which question they were last offered, so that it is not offered twice in a row.
create table person (
    user_id bigint not null primary key,
    is_coached integer not null default 1,
    offered text,
    offered_again integer not null default 0
);

-- When a person is to come back to a question: the rung of the ladder that they stand on, and when it is due.
create table revisit (
    user_id bigint not null,
    question_key text not null,
    rung integer not null,
    due_at bigint not null,
    primary key (user_id, question_key)
);
create index revisit_due on revisit (user_id, due_at);

-- An answer that its author shares, in the thread of its post or in the channel. The row is there before the message is sent, so that a
-- crash never leaves a message that nobody may take back; `message_id` is null until Discord has told it.
create table share (
    interaction_id bigint not null primary key,
    user_id bigint not null,
    guild_id bigint not null,
    channel_id bigint not null,
    message_id bigint,
    shared_at bigint not null
);
create index share_user on share (user_id);

-- The zone of the channel's daily question when the post was planned.
alter table post add column zone text;
update post set zone = (select daily.zone from daily where daily.channel_id = post.channel_id);
