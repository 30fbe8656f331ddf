-- An answer counts for the date of the post that it answers, so a streak asks for that date of each of a person's answers. With it in the
-- index that their history walks, no answer itself is read for that.
drop index answer_history;
create index answer_history on answer (user_id, answered_at, interaction_id, day);
