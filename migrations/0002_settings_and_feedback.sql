-- What a first release lets admins choose for a daily question: a level, packs, a thread under each post. A question put off to the
-- end of its cycle. And what people say of the samples.

-- No level means all levels, no packs means all packs, those of later releases too. Packs are names joined by spaces, which no name has.
alter table daily add column level text;
alter table daily add column packs text;
alter table daily add column opens_thread integer not null default 0;

-- Whether the thread that was to be opened under a post could not be; and the channel where it really is, for a daily question that was
-- moved since: its dates move with it.
alter table post add column thread_failed integer not null default 0;
alter table post add column moved_from bigint;

-- A question that an admin put off: within its cycle it comes after all others, in the order of `place`.
create table put_off (
    channel_id bigint not null,
    cycle bigint not null,
    question_key text not null,
    place bigint not null,
    primary key (channel_id, cycle, question_key)
);

-- Whether a question's sample helped a person. The last word counts.
create table feedback (
    user_id bigint not null,
    question_key text not null,
    helpful integer not null,
    said_at bigint not null,
    primary key (user_id, question_key)
);
create index feedback_question on feedback (question_key);
