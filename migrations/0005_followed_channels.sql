-- Which channels a person answers, since when and until when: for a streak, without looking at each of their answers.
create index answer_channel on answer (user_id, channel_id, answered_at);
