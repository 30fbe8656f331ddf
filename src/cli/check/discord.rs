//! The points that Discord is asked about: the token, installing to accounts, the gateway, the clock. Only questions, no connection.

use jiff::SignedDuration;
use secrecy::SecretString;

use super::{Asking, CONFIGURATION_FIRST, Point};
use crate::clock::Clock;
use crate::rest::{Application, GatewayAddress, Rest, RestError};

/// How far the clock may be from Discord's. Posts go by it.
const APART: SignedDuration = SignedDuration::from_secs(30);

/// Asks all at once: where Discord is out of reach, each waits for its own retries. The clock needs no token.
pub(super) async fn discord(asking: Asking) -> anyhow::Result<[(&'static str, Point); 4]> {
    let unasked = || Err(CONFIGURATION_FIRST.to_owned());
    let Some(base) = asking.base else {
        return Ok(["token", "accounts", "gateway", "clock"].map(|name| (name, unasked())));
    };
    let Some(token) = asking.token else {
        let clock = clock(&Rest::new(&base, SecretString::default())?).await;
        return Ok([("token", unasked()), ("accounts", unasked()), ("gateway", unasked()), ("clock", clock)]);
    };
    let rest = Rest::new(&base, token)?;
    let (application, gateway, clock) = tokio::join!(rest.application(), rest.gateway(), clock(&rest));
    let application = application.as_ref();
    Ok([
        ("token", token_point(application)),
        ("accounts", accounts_point(application)),
        ("gateway", gateway_point(gateway)),
        ("clock", clock),
    ])
}

fn token_point(application: Result<&Application, &RestError>) -> Point {
    match application {
        Ok(application) => Ok(format!("it is that of application {}", application.id)),
        Err(error @ RestError::TokenRefused) => Err(error.to_string()),
        Err(error) => Err(format!("Discord could not be asked ({error}); check the connection and DISCORD_API_URL")),
    }
}

fn accounts_point(application: Result<&Application, &RestError>) -> Point {
    match application {
        Ok(application) if application.installs_to_accounts => {
            Ok("people can install it to their own account".to_owned())
        }
        Ok(_) => {
            Err("on the application's Installation page switch User Install on, so that history stays in reach"
                .to_owned())
        }
        Err(_) => Err("it could not be asked for; mend the token first".to_owned()),
    }
}

fn gateway_point(gateway: Result<GatewayAddress, RestError>) -> Point {
    match gateway {
        Ok(gateway) => Ok(format!("{} with shards: {}", gateway.url, gateway.shards)),
        Err(error) if error.halts() => Err("it could not be asked for; mend the token first".to_owned()),
        Err(error) => Err(format!("Discord does not say where it is ({error}); check the connection and try again")),
    }
}

async fn clock(rest: &Rest) -> Point {
    let there = rest.time().await;
    let there = there.map_err(|error| format!("Discord's could not be asked for ({error}); try again"))?;
    let apart = Clock::System.now().duration_since(there).abs();
    if apart > APART {
        return Err(format!("it is {} s from Discord's; let the system keep it by NTP", apart.as_secs()));
    }
    Ok(format!("it is {} s from Discord's", apart.as_secs()))
}
