//! The one sender: the few routes of Discord's REST API that Starling calls, paced, with time-outs, `Retry-After` honoured and a retry
//! policy for each call. Knows nothing of what the messages say.
//!
//! serenity has an HTTP client too, and its limiter is left off for good: it keeps a bucket for every interaction for ever, and without
//! it nobody would wait when Discord says so.

mod error;
mod message;
mod pace;
mod pacer;
mod payload;
mod posted;

use std::collections::HashMap;
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use jiff::Timestamp;
use reqwest::{Method, StatusCode, header};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serenity::builder::CreateCommand;
use serenity::model::channel::GuildChannel;
use serenity::model::guild::{Member, PartialGuild};
use tokio::sync::watch;

pub use self::error::{RestError, code};
pub use self::message::Found;
use self::pacer::{Lane, Pacer};
pub use self::payload::{Payload, Upload};
pub use self::posted::Posted;
use crate::domain::id::{ChannelId, GuildId, InteractionId, UserId};

/// How long a request may take. An interaction's first answer is worth nothing after three seconds.
const WITHIN: Duration = Duration::from_secs(10);
/// The same for one that carries files, on a slow line.
const FILES_WITHIN: Duration = Duration::from_mins(2);
const FIRST_ANSWER_WITHIN: Duration = Duration::from_millis(2500);

/// The longest pause that is waited for when Discord names one; after a longer one the call is given back.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// Discord's number for an installation to an account (discord.com/developers/docs/resources/application).
const TO_ACCOUNTS: &str = "1";

/// Sends to Discord. Clones share the pacing.
#[derive(Clone, Debug)]
pub struct Rest {
    http: reqwest::Client,
    base: String,
    token: SecretString,
    pacer: Pacer,
    is_halted: watch::Sender<bool>,
}

/// The application behind the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Application {
    /// Its id.
    pub id: u64,
    /// Its bot's id, which for old applications is another number.
    pub bot: UserId,
    /// Whether people may install it to their own account.
    pub installs_to_accounts: bool,
}

/// Where the gateway is.
#[derive(Clone, Debug, Deserialize)]
pub struct GatewayAddress {
    /// Its URL.
    pub url: String,
    /// How many shards to start.
    pub shards: u32,
    /// How many connections may be begun.
    #[serde(rename = "session_start_limit")]
    pub starts: StartLimit,
}

/// How many connections to the gateway Discord lets begin (discord.com/developers/docs/events/gateway#session-start-limit-object).
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct StartLimit {
    /// So many more; each shard takes one.
    pub remaining: u32,
    /// In how many milliseconds there are as many as at first.
    #[serde(rename = "reset_after")]
    pub reset_after_ms: u64,
}

/// What a call does when it fails in a way that may pass.
#[derive(Clone, Copy)]
enum Patience {
    /// Tries again within the three seconds that an interaction has.
    Hurried,
    /// Tries again for some seconds while somebody waits.
    Waiting,
    /// Does not try again; whoever called does, later.
    Once,
}

struct Call {
    method: Method,
    path: String,
    body: Option<Value>,
    files: Vec<Upload>,
    lane: Lane,
    patience: Patience,
    within: Duration,
}

impl Call {
    fn new(method: Method, path: String, lane: Lane, patience: Patience) -> Call {
        Call { method, path, body: None, files: Vec::new(), lane, patience, within: WITHIN }
    }

    fn with(mut self, payload: impl Into<Payload>) -> Call {
        let Payload { fields, files } = payload.into();
        self.body = Some(fields);
        if !files.is_empty() {
            self.within = FILES_WITHIN;
        }
        self.files = files;
        self
    }
}

impl Rest {
    /// A sender to the API under `base`, in the runtime that calls it.
    ///
    /// # Errors
    /// When no TLS can be had.
    pub fn new(base: &str, token: SecretString) -> Result<Rest, reqwest::Error> {
        let http = reqwest::Client::builder()
            .user_agent(serenity::constants::USER_AGENT)
            .connect_timeout(Duration::from_secs(5))
            .build()?;
        let (pacer, is_halted) = (Pacer::start(), watch::Sender::new(false));
        Ok(Rest { http, base: format!("{base}/api/v10"), token, pacer, is_halted })
    }

    /// Sends nothing more: what waits for its turn, and whatever comes, fails as [`RestError::Halted`].
    pub fn halt(&self) {
        self.is_halted.send_replace(true);
    }

    /// Waits until nothing more is sent: Discord has refused the token, or [`Rest::halt`] was called.
    pub async fn halted(&self) {
        // This sender lives as long as the receiver, so waiting can't fail.
        _ = self.is_halted.subscribe().wait_for(|is_halted| *is_halted).await;
    }

    /// Who the token belongs to.
    ///
    /// # Errors
    /// [`RestError::TokenRefused`] where it belongs to nobody.
    pub async fn application(&self) -> Result<Application, RestError> {
        #[derive(Deserialize)]
        struct Body {
            id: serenity::model::id::ApplicationId,
            bot: Option<Bot>,
            #[serde(default)]
            integration_types_config: HashMap<String, Value>,
        }
        #[derive(Deserialize)]
        struct Bot {
            id: serenity::model::id::UserId,
        }
        let body: Body = self.get("/applications/@me".to_owned()).await?;
        let bot = body.bot.map_or(body.id.get(), |bot| bot.id.get());
        let installs_to_accounts = body.integration_types_config.contains_key(TO_ACCOUNTS);
        Ok(Application { id: body.id.get(), bot: UserId(bot), installs_to_accounts })
    }

    /// The time by Discord's clock, to the second.
    ///
    /// # Errors
    /// When Discord can't be reached or names none.
    pub async fn time(&self) -> Result<Timestamp, RestError> {
        let request = self.http.get(format!("{}/gateway", self.base)).timeout(WITHIN);
        let response = request.send().await.map_err(RestError::from_transport)?;
        let date = response.headers().get(header::DATE).and_then(|date| date.to_str().ok());
        let time = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
        time.map(|time| time.timestamp()).ok_or_else(|| RestError::Unclear("an answer without a date".to_owned()))
    }

    /// The address of the gateway, and how many shards Discord wants.
    ///
    /// # Errors
    /// When Discord can't be reached.
    pub async fn gateway(&self) -> Result<GatewayAddress, RestError> {
        self.get("/gateway/bot".to_owned()).await
    }

    /// Replaces all commands by these.
    ///
    /// # Errors
    /// When Discord refuses them or can't be reached.
    pub async fn register(&self, application: u64, commands: &[CreateCommand]) -> Result<(), RestError> {
        let path = format!("/applications/{application}/commands");
        let call = Call::new(Method::PUT, path, Lane::Interactive, Patience::Waiting).with(serde_json::json!(commands));
        self.send(&call).await.map(drop)
    }

    /// A guild with its roles.
    ///
    /// # Errors
    /// When Starling is not in it, or Discord can't be reached.
    pub async fn guild(&self, guild: GuildId) -> Result<PartialGuild, RestError> {
        self.get(format!("/guilds/{guild}")).await
    }

    /// A member of a guild.
    ///
    /// # Errors
    /// When there is none, or Discord can't be reached.
    pub async fn member(&self, guild: GuildId, user: UserId) -> Result<Member, RestError> {
        self.get(format!("/guilds/{guild}/members/{user}")).await
    }

    /// A channel of a guild.
    ///
    /// # Errors
    /// When there is none that Starling may see, or Discord can't be reached.
    pub async fn channel(&self, channel: ChannelId) -> Result<GuildChannel, RestError> {
        self.get(format!("/channels/{channel}")).await
    }

    /// The channel of direct messages with a person.
    ///
    /// # Errors
    /// When Discord refuses it or can't be reached.
    pub async fn direct_channel(&self, user: UserId) -> Result<ChannelId, RestError> {
        #[derive(Deserialize)]
        struct Body {
            id: serenity::model::id::ChannelId,
        }
        let call = Call::new(Method::POST, "/users/@me/channels".to_owned(), Lane::Posts, Patience::Waiting);
        let body: Body = parse(&self.send(&call.with(serde_json::json!({ "recipient_id": user.to_string() }))).await?)?;
        Ok(ChannelId(body.id.get()))
    }

    /// The first answer to an interaction. One that was answered before is as good as answered.
    ///
    /// # Errors
    /// When Discord refuses it, can't be reached, or three seconds are over.
    pub async fn answer(&self, interaction: InteractionId, token: &str, payload: Payload) -> Result<(), RestError> {
        let path = format!("/interactions/{interaction}/{token}/callback");
        let mut call = Call::new(Method::POST, path, Lane::Exempt, Patience::Hurried).with(payload);
        call.within = FIRST_ANSWER_WITHIN;
        match self.send(&call).await {
            Err(error) if error.code() == Some(code::ALREADY_ANSWERED) => Ok(()),
            other => other.map(drop),
        }
    }

    /// Puts another message in the place of the first answer.
    ///
    /// # Errors
    /// When Discord refuses it, can't be reached, or fifteen minutes are over.
    pub async fn edit_answer(&self, application: u64, token: &str, payload: Payload) -> Result<(), RestError> {
        let path = format!("/webhooks/{application}/{token}/messages/@original");
        self.send(&Call::new(Method::PATCH, path, Lane::Exempt, Patience::Waiting).with(payload)).await.map(drop)
    }

    /// A further message after the first answer.
    ///
    /// # Errors
    /// As for [`Rest::edit_answer`].
    pub async fn follow_up(&self, application: u64, token: &str, payload: Payload) -> Result<(), RestError> {
        let path = format!("/webhooks/{application}/{token}");
        self.send(&Call::new(Method::POST, path, Lane::Exempt, Patience::Waiting).with(payload)).await.map(drop)
    }

    async fn get<T: DeserializeOwned>(&self, path: String) -> Result<T, RestError> {
        parse(&self.send(&Call::new(Method::GET, path, Lane::Interactive, Patience::Waiting)).await?)
    }

    async fn send(&self, call: &Call) -> Result<Vec<u8>, RestError> {
        let pauses = ExponentialBuilder::default().with_jitter();
        let pauses = match call.patience {
            Patience::Hurried => pauses.with_min_delay(Duration::from_millis(150)).with_max_times(2),
            Patience::Waiting => pauses.with_min_delay(Duration::from_millis(500)).with_max_times(4),
            Patience::Once => pauses.with_max_times(0),
        };
        (|| self.try_once(call))
            .retry(pauses)
            .when(|error| error.may_pass() && !error.halts())
            .adjust(|error, planned| match (error.pause(), planned) {
                (Some(named), Some(_)) => (named <= LONGEST_PAUSE).then_some(named),
                _ => planned,
            })
            .await
    }

    async fn try_once(&self, call: &Call) -> Result<Vec<u8>, RestError> {
        tokio::select! {
            biased;
            () = self.halted() => return Err(RestError::Halted),
            () = self.pacer.turn(call.lane) => {}
        }
        let mut request =
            self.http.request(call.method.clone(), format!("{}{}", self.base, call.path)).timeout(call.within);
        request = match &call.body {
            Some(fields) if call.files.is_empty() => request.json(fields),
            Some(fields) => request.multipart(payload::form(fields, &call.files)),
            None => request,
        };
        if !matches!(call.lane, Lane::Exempt) {
            request = request.header(header::AUTHORIZATION, format!("Bot {}", self.token.expose_secret()));
        }
        let response = request.send().await.map_err(RestError::from_transport)?;
        let status = response.status();
        let is_global = response.headers().contains_key("x-ratelimit-global");
        let named = response.headers().get(header::RETRY_AFTER).and_then(|pause| pause.to_str().ok()?.parse().ok());
        let body = response.bytes().await.map_err(RestError::from_transport)?;
        if status.is_success() {
            return Ok(body.into());
        }
        // An interaction's own token expires, which says nothing of the bot's.
        if status == StatusCode::UNAUTHORIZED && !matches!(call.lane, Lane::Exempt) {
            self.halt();
            return Err(RestError::TokenRefused);
        }
        let error = RestError::from_answer(status.as_u16(), &body, named);
        if let (true, Some(pause)) = (is_global, error.pause()) {
            self.pacer.hold(pause);
        }
        Err(error)
    }
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, RestError> {
    serde_json::from_slice(body).map_err(|error| RestError::from_body(&error))
}
