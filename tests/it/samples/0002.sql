update daily set level = 'mid', packs = 'backend people', opens_thread = 1 where channel_id = 11;
update post set thread_failed = 1 where channel_id = 10 and day = '2026-05-04';
insert into put_off (channel_id, cycle, question_key, place) values (10, 0, 'track-down-a-hard-bug', 0);
insert into feedback (user_id, question_key, helpful, said_at) values (4, 'protect-user-data', 1, 1777878400000);
