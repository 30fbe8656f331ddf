//! The library's floor: a bot that answers everything with one and the same reply, over the same library, set up as Starling sets it up.

use std::sync::Arc;

use anyhow::Context as _;
use serenity::async_trait;
use serenity::builder::{CreateCommand, CreateEmbed, CreateInteractionResponse, CreateInteractionResponseMessage};
use serenity::client::{ClientBuilder, Context, EventHandler};
use serenity::http::HttpBuilder;
use serenity::model::application::{Command, Interaction};
use serenity::model::gateway::{GatewayIntents, Ready};

/// How many letters an embed takes (discord.com/developers/docs/resources/message#embed-object-embed-limits).
const EMBED: usize = 4096;

struct Constant {
    reply: CreateInteractionResponse,
}

#[async_trait]
impl EventHandler for Constant {
    async fn ready(&self, context: Context, _: Ready) {
        // Where that fails the bot is never ready, and whoever waits for it says so.
        let _ =
            Command::set_global_commands(&context.http, vec![CreateCommand::new("floor").description("floor")]).await;
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        if let Interaction::Modal(modal) = interaction {
            // One that fails is seen where it is waited for.
            let _ = modal.create_response(&context.http, self.reply.clone()).await;
        }
    }
}

/// Answers all that comes with so many bytes, until it is killed.
///
/// # Errors
/// When it can't connect.
pub async fn run(discord: String, token: &str, bytes: usize) -> anyhow::Result<()> {
    let http = HttpBuilder::new(token).proxy(discord).ratelimiter_disabled(true).build();
    let application = http.get_current_application_info().await.context("Discord does not say who this is")?;
    http.set_application_id(application.id);
    let message = CreateInteractionResponseMessage::new().ephemeral(true).content("Saved as your attempt 1");
    let letters = vec!["x"; bytes].concat();
    let embeds =
        letters.as_bytes().chunks(EMBED).map(|some| CreateEmbed::new().description(String::from_utf8_lossy(some)));
    let reply = CreateInteractionResponse::Message(message.embeds(embeds.collect()));
    let made =
        ClientBuilder::new_with_http(http, GatewayIntents::GUILDS).event_handler_arc(Arc::new(Constant { reply }));
    made.await?.start().await.context("the gateway's client gave up")
}
