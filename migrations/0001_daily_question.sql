-- The first tables: daily questions, their posts, answers, drafts and guidance looked at.
--
-- The SQL is what SQLite and Postgres both run. Instants are milliseconds UTC, ids are Discord's, days are civil dates
-- as YYYY-MM-DD, flags and enums are integers or short words. Keys are natural ones, so that a delivery or a round that
-- comes twice meets its own row.

-- What one `/daily setup` makes. A channel has one at most. `next_day` and `next_due_at` name the next slot, so that a
-- round finds what is due by an index instead of working through every schedule.
create table daily (
    channel_id bigint not null primary key,
    guild_id bigint not null,
    minute_of_day integer not null,
    zone text not null,
    days integer not null,
    role_id bigint,
    pause text,
    changed_by bigint,
    next_day text,
    next_due_at bigint
);
create index daily_guild on daily (guild_id);
create index daily_due on daily (next_due_at);

-- Where a channel's cycle of questions starts from. It outlives the daily question, so that a set-up anew goes on.
create table rotation (
    channel_id bigint not null primary key,
    seed bigint not null
);

-- One row for a channel and a day, whatever became of it. No reference to `daily`, which may end before its posts.
-- A claimed row whose `retry_at` has come belongs to nobody and is tried again until `window_ends_at`.
create table post (
    channel_id bigint not null,
    day text not null,
    guild_id bigint not null,
    question_key text,
    cycle bigint,
    due_at bigint not null,
    window_ends_at bigint not null,
    state text not null,
    reason text,
    attempts bigint not null,
    retry_at bigint,
    message_id bigint,
    sent_at bigint,
    primary key (channel_id, day)
);
create index post_message on post (message_id);
create index post_retry on post (retry_at);

-- An attempt. The key is the interaction's id, so that one delivered twice is stored once. `folded` is the four parts in
-- lower case: the databases differ in how they fold letters, so Starling does it.
create table answer (
    interaction_id bigint not null primary key,
    user_id bigint not null,
    guild_id bigint,
    channel_id bigint,
    day text,
    question_key text not null,
    attempt bigint not null,
    situation text not null,
    task text not null,
    action text not null,
    result text not null,
    folded text not null,
    answered_at bigint not null
);
create unique index answer_attempt on answer (user_id, question_key, attempt);
create index answer_history on answer (user_id, answered_at, interaction_id);
create index answer_post on answer (channel_id, day);

-- Half an answer, put down for later. A person has one for a question at most. The button that goes on with it carries the
-- post too; here it is kept for the person's own export.
create table draft (
    user_id bigint not null,
    question_key text not null,
    guild_id bigint,
    channel_id bigint,
    day text,
    situation text not null,
    task text not null,
    action text not null,
    result text not null,
    typed_at bigint not null,
    primary key (user_id, question_key)
);

-- Who looked at a question's guidance, and when first.
create table guidance_view (
    user_id bigint not null,
    question_key text not null,
    viewed_at bigint not null,
    primary key (user_id, question_key)
);
