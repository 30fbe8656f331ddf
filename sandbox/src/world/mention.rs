//! Who a message would ping.
//!
//! Pings come from the content alone, and only as far as `allowed_mentions` lets them. The
//! sandbox is strict where Discord's parser knows markdown: a mention in a code block counts.
//!
//! Source: <https://discord.com/developers/docs/resources/message#allowed-mentions-object>.

use serde_json::Value;

use super::World;
use super::message::Pings;
use crate::json::{as_id, given, list};
use crate::permissions::MENTION_EVERYONE;

/// What a message is allowed to ping.
#[derive(Clone, Debug)]
pub(crate) struct Allowed {
    everyone: bool,
    all_roles: bool,
    all_users: bool,
    roles: Vec<u64>,
    users: Vec<u64>,
}

impl Allowed {
    /// What counts where nothing is said: all in ordinary messages, people in replies to
    /// interactions.
    fn unsaid(reply: bool) -> Allowed {
        Allowed { everyone: !reply, all_roles: !reply, all_users: true, roles: Vec::new(), users: Vec::new() }
    }

    /// What the `allowed_mentions` of `body` allow.
    pub(crate) fn of(body: &Value, reply: bool) -> Allowed {
        let Some(said) = given(body, "allowed_mentions") else {
            return Allowed::unsaid(reply);
        };
        let parses = |kind: &str| list(said, "parse").iter().any(|parsed| parsed.as_str() == Some(kind));
        let ids = |kind: &str| list(said, kind).iter().filter_map(as_id).collect();
        Allowed {
            everyone: parses("everyone"),
            all_roles: parses("roles"),
            all_users: parses("users"),
            roles: ids("roles"),
            users: ids("users"),
        }
    }
}

impl World {
    /// Who the bot's `content` pings in `channel`.
    pub(crate) fn pings(&self, channel: u64, content: &str, allowed: &Allowed) -> Pings {
        let pings_all = self.bot_may(channel, MENTION_EVERYONE);
        let guild = self.guild_of(channel);
        let may_ping_role = |id: u64| {
            (allowed.all_roles || allowed.roles.contains(&id))
                && guild.and_then(|guild| guild.role(id)).is_some_and(|role| role.mentionable || pings_all)
        };
        let may_ping_user =
            |id: u64| (allowed.all_users || allowed.users.contains(&id)) && self.users.contains_key(&id);
        let says_all = content.contains("@everyone") || content.contains("@here");
        Pings {
            everyone: says_all && allowed.everyone && pings_all,
            roles: distinct(mentions(content, "@&").filter(|id| may_ping_role(*id))),
            users: distinct(mentions(content, "@").chain(mentions(content, "@!")).filter(|id| may_ping_user(*id))),
        }
    }
}

fn distinct(ids: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut kept = Vec::new();
    for id in ids {
        if !kept.contains(&id) {
            kept.push(id);
        }
    }
    kept
}

/// The ids in all `<MARKid>` of a text.
fn mentions<'t>(text: &'t str, mark: &'t str) -> impl Iterator<Item = u64> + 't {
    text.split('<').skip(1).filter_map(move |rest| {
        let digits = rest.split_once('>')?.0.strip_prefix(mark)?;
        digits.chars().all(|c| c.is_ascii_digit()).then_some(())?;
        digits.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::world::scene::{Scene, scene};

    impl Scene {
        fn pings(&self, body: &Value, reply: bool) -> Pings {
            let content = format!("@everyone <@{}> <@&{}> <@{}>", self.ada, self.role, self.ada);
            let allowed = Allowed::of(body, reply);
            self.world.pings(self.channel, &content, &allowed)
        }

        fn grant_pings(&mut self) {
            let guild = self.world.guilds.get_mut(&self.guild).unwrap();
            let role = guild.bot_role;
            guild.role_mut(role).unwrap().permissions |= MENTION_EVERYONE;
        }
    }

    #[test]
    fn left_out_an_ordinary_message_pings_all_and_a_reply_people_only() {
        let mut scene = scene();
        scene.grant_pings();
        let all = scene.pings(&json!({}), false);
        assert!(all.everyone);
        assert_eq!((all.roles, all.users), (vec![scene.role], vec![scene.ada]));
        let reply = scene.pings(&json!({}), true);
        assert!(!reply.everyone);
        assert_eq!((reply.roles, reply.users), (vec![], vec![scene.ada]));
    }

    #[test]
    fn only_what_is_allowed_is_pinged() {
        let mut scene = scene();
        let guild = scene.world.guilds.get_mut(&scene.guild).unwrap();
        guild.role_mut(scene.role).unwrap().mentionable = true;
        let none = scene.pings(&json!({"allowed_mentions": {"parse": []}}), false);
        assert_eq!(none, Pings::default());
        let role = scene.role.to_string();
        let one = scene.pings(&json!({"allowed_mentions": {"parse": [], "roles": [role]}}), true);
        assert_eq!((one.roles, one.users), (vec![scene.role], vec![]));
    }

    #[test]
    fn a_role_that_is_not_mentionable_and_everyone_need_a_permission() {
        let mut scene = scene();
        let role = scene.role;
        let without = scene.pings(&json!({}), false);
        assert!(!without.everyone);
        assert!(without.roles.is_empty());
        scene.grant_pings();
        let with = scene.pings(&json!({}), false);
        assert!(with.everyone);
        assert_eq!(with.roles, vec![role]);
    }
}
