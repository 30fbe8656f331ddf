insert into person (user_id, is_coached, offered, offered_again) values (4, 0, 'protect-user-data', 1);
insert into revisit (user_id, question_key, rung, due_at) values (4, 'protect-user-data', 2, 1780470400000);
insert into share (interaction_id, user_id, guild_id, channel_id, message_id, shared_at) values (100, 4, 1, 10, null, 1777878400000);
