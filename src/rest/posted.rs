//! What Starling reads of a message that stands in a channel.

use serde::Deserialize;

use crate::domain::id::UserId;

/// A message that stands in a channel, as far as Starling looks at any.
#[derive(Debug, Deserialize)]
pub struct Posted {
    /// Its id, which also tells when it came.
    pub id: serenity::model::id::MessageId,
    author: Author,
    #[serde(default)]
    components: Vec<Component>,
}

#[derive(Debug, Deserialize)]
struct Author {
    id: serenity::model::id::UserId,
}

#[derive(Debug, Deserialize)]
struct Component {
    custom_id: Option<String>,
    #[serde(default)]
    components: Vec<Component>,
}

impl Posted {
    /// Whether `author` wrote it with a button of this custom id.
    #[must_use]
    pub fn is_by(&self, author: UserId, custom_id: &str) -> bool {
        let buttons = self.components.iter().flat_map(|row| &row.components);
        self.author.id.get() == author.0
            && buttons.into_iter().any(|button| button.custom_id.as_deref() == Some(custom_id))
    }
}
