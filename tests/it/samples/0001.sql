insert into daily (channel_id, guild_id, minute_of_day, zone, days, role_id, pause, changed_by, next_day, next_due_at)
    values (10, 1, 540, 'Europe/Berlin', 127, null, null, 3, '2026-05-05', 1777964400000),
           (11, 1, 0, 'Asia/Kathmandu', 31, 7, 'missing permissions', 3, null, null);
insert into rotation (channel_id, seed) values (10, -5);
insert into post (channel_id, day, guild_id, question_key, cycle, due_at, window_ends_at, state, reason, attempts, retry_at, message_id, sent_at)
    values (10, '2026-05-03', 1, null, null, 1777791600000, 1777791600000, 'skipped', 'down', 0, null, null, null),
           (10, '2026-05-04', 1, 'protect-user-data', 0, 1777878000000, 1777899600000, 'sent', null, 1, null, 99, 1777878000500);
insert into answer (interaction_id, user_id, guild_id, channel_id, day, question_key, attempt, situation, task, action, result, folded, answered_at)
    values (50, 4, 1, 10, '2026-05-04', 'protect-user-data', 1, 'S', 'T', 'I A', 'R', 's', 1777878100000),
           (51, 4, null, null, null, 'protect-user-data', 2, 'S2', 'T', 'I A', 'R', 's2', 1777878200000);
insert into draft (user_id, question_key, guild_id, channel_id, day, situation, task, action, result, typed_at)
    values (5, 'protect-user-data', 1, 10, '2026-05-04', 'half', '', '', '', 1777878300000);
insert into guidance_view (user_id, question_key, viewed_at) values (5, 'protect-user-data', 1777878300000);
