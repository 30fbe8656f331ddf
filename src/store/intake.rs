//! Where answers come in: all that wait are stored together, as many as come while the ones before them are stored.
//!
//! Each statement costs a way to the database and back, which for an answer takes longer than the work there; so each is for all of them.
//! Where one fails, each answer goes on alone, side by side, and who fails fails alone. Everyone hears when it lasts, in order.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, FromRow, Row as _};
use tokio::sync::{RwLock, RwLockWriteGuard, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::answer::AnswerRow;
use super::draft::delete_draft;
use super::practice::into_revisit;
use super::row::{id, post_columns, snowflake};
use super::writer::{Work, Writer};
use super::{Store, StoreError};
use crate::domain::answer::{Part, StarAnswer};
use crate::domain::attempt::{Attempt, NewAnswer, Receipt, Recorded};
use crate::domain::id::InteractionId;
use crate::domain::practice::Coaching;

/// How many are stored together.
const MOST: usize = 64;

/// How long the database may be silent: twice what a connection to it is waited for.
const HEARD_WITHIN: Duration = Duration::from_secs(8);

/// An answer, and who waits to hear what became of it.
type Handed = (NewAnswer, oneshot::Sender<Result<Receipt, StoreError>>);

/// What is known of an answer before it is stored.
#[derive(Default)]
struct Known {
    /// The attempt that the same interaction brought before.
    same: Option<Attempt>,
    /// The person's newest other attempt at the question.
    newest: Option<Attempt>,
    has_draft: bool,
    coaching: Coaching,
}

/// The way in. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Intake {
    line: mpsc::UnboundedSender<Handed>,
    /// Held for as long as an answer is on its way, and by what deletes, so that it comes after all that was sent before.
    on_the_way: Arc<RwLock<()>>,
}

impl Intake {
    /// Starts the loop that stores what comes. It ends with the last clone.
    pub(super) fn start(writer: Writer) -> Intake {
        let (line, handed) = mpsc::unbounded_channel();
        tokio::spawn(take_in(writer, handed));
        Intake { line, on_the_way: Arc::default() }
    }

    /// Waits until every answer that was handed in is stored or refused, and lets none in until this is dropped.
    pub(super) async fn settled(&self) -> RwLockWriteGuard<'_, ()> {
        self.on_the_way.write().await
    }
}

const IS_THERE: &str = "what stores answers lives as long as the program; where it died, the program is to end";

impl Store {
    /// Stores an answer as the person's next attempt at its question, and drops an older draft of it. What the same interaction brought
    /// before, and what says the same as the newest attempt, is not stored again.
    ///
    /// # Errors
    /// When the database fails; then nothing was stored. As busy too where a database is silent for long: then the answer may be there, and
    /// comes to be known when it is sent again.
    ///
    /// # Panics
    /// When what stores answers has died.
    #[expect(clippy::expect_used, reason = "a program that can store no answer must not go on")]
    pub async fn record_answer(&self, new: NewAnswer) -> Result<Receipt, StoreError> {
        let told = async {
            let _on_the_way = self.intake.on_the_way.read().await;
            let (tell, told) = oneshot::channel();
            self.intake.line.send((new, tell)).expect(IS_THERE);
            told.await.expect(IS_THERE)
        };
        timeout(HEARD_WITHIN, told).await.unwrap_or(Err(StoreError::Busy))
    }
}

async fn take_in(writer: Writer, mut line: mpsc::UnboundedReceiver<Handed>) {
    let mut waiting = Vec::new();
    while line.recv_many(&mut waiting, MOST).await > 0 {
        loop {
            let group = apart(&mut waiting);
            if group.is_empty() {
                break;
            }
            let mut alone = JoinSet::new();
            match writer.begin_one().await {
                Ok(work) => {
                    for handed in store(work, group).await {
                        let writer = writer.clone();
                        alone.spawn(async move {
                            match writer.begin_one().await {
                                Ok(work) => drop(store(work, vec![handed]).await),
                                Err(error) => refuse([handed], &error),
                            }
                        });
                    }
                }
                Err(error) => {
                    refuse(group, &error);
                    if error.may_pass() {
                        // Nobody waits longer for the database than the first of them did.
                        refuse(waiting.drain(..).chain(std::iter::from_fn(|| line.try_recv().ok())), &error);
                    }
                }
            }
            alone.join_all().await;
        }
    }
}

fn refuse(handed: impl IntoIterator<Item = Handed>, error: &StoreError) {
    for (_, tell) in handed {
        // Whoever gave up waiting has dropped the other end.
        let _ = tell.send(Err(error.clone()));
    }
}

/// Takes the first answer of each person to each question. An attempt's number counts on from the one before, so what is left comes after.
/// Whoever gave up waiting has their text back, and sends it again.
fn apart(waiting: &mut Vec<Handed>) -> Vec<Handed> {
    waiting.retain(|(_, tell)| !tell.is_closed());
    let mut seen = HashSet::new();
    waiting.extract_if(.., |(new, _)| seen.insert((new.about.user, new.about.question.clone()))).collect()
}

/// Stores answers and says so to who waits. Gives back those that are to be stored alone, as together it failed.
async fn store(work: Work, group: Vec<Handed>) -> Vec<Handed> {
    let answers: Vec<&NewAnswer> = group.iter().map(|(new, _)| new).collect();
    let failed = match record(work, &answers).await {
        Ok(receipts) => {
            for ((_, tell), receipt) in group.into_iter().zip(receipts) {
                let _ = tell.send(Ok(receipt));
            }
            return Vec::new();
        }
        Err(failed) => failed,
    };
    if answers.len() > 1 {
        return group;
    }
    refuse(group, &failed);
    Vec::new()
}

async fn record(mut work: Work, answers: &[&NewAnswer]) -> Result<Vec<Receipt>, StoreError> {
    let mut known = known(&mut work, answers).await?;
    let (mut receipts, mut new) = (Vec::new(), Vec::new());
    for answer in answers {
        let Known { same, newest, has_draft, coaching } = known.remove(&answer.id).unwrap_or_default();
        let was_stored = same.is_some();
        let (recorded, before) = match (same, newest) {
            (Some(same), newest) => {
                let before = newest.filter(|newest| newest.number < same.number);
                (Recorded::Stored(same), before)
            }
            (None, Some(newest)) if newest.answer == answer.answer => (Recorded::Unchanged(newest), None),
            (None, newest) => {
                let attempt = next(answer, newest.as_ref());
                new.push(attempt.clone());
                (Recorded::Stored(attempt), newest)
            }
        };
        if has_draft && !was_stored {
            work.protect().await?;
            delete_draft(&mut work, &answer.about, answer.at).await?;
        }
        receipts.push(Receipt { recorded, before, coaching });
    }
    if !new.is_empty() {
        insert(&mut work, &new).await?;
    }
    // What was there already may be seen here before it lasts.
    work.commit().await?;
    Ok(receipts)
}

fn next(new: &NewAnswer, newest: Option<&Attempt>) -> Attempt {
    let number = newest.map_or(1, |newest| newest.number + 1);
    Attempt { id: new.id, about: new.about.clone(), number, answer: new.answer.clone(), at: new.at }
}

/// Of those whose answers come in, whoever has a draft of the question, a choice or a revisit.
pub(super) const BESIDE: &str = "select incoming.interaction_id, draft.typed_at, is_coached, rung, due_at from incoming \
    left join draft on draft.user_id = incoming.user_id and draft.question_key = incoming.question_key \
    left join person on person.user_id = incoming.user_id \
    left join revisit on revisit.user_id = incoming.user_id and revisit.question_key = incoming.question_key \
    where coalesce(draft.user_id, person.user_id, revisit.user_id) is not null";

/// What the same interactions brought before, and the newest other attempts.
pub(super) const EARLIER: &str = "select incoming.interaction_id as incoming_id, answer.* from incoming \
    join answer on answer.interaction_id = incoming.interaction_id union all \
    select incoming.interaction_id as incoming_id, answer.* from incoming join answer on answer.interaction_id = \
    (select other.interaction_id from answer as other where other.user_id = incoming.user_id and other.question_key = incoming.question_key \
        and other.interaction_id <> incoming.interaction_id order by other.attempt desc limit 1)";

/// A statement about answers, which it knows as the table `incoming`.
pub(super) fn asking(statement: &str, answers: &str) -> String {
    format!("with incoming (interaction_id, user_id, question_key) as (values {answers}) {statement}")
}

/// The places of so many rows of so many values: `($1, $2), ($3, $4)`.
fn places(work: &Work, rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let places: Vec<_> = (1..=columns).map(|column| work.place(row * columns + column)).collect();
        format!("({})", places.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// A statement for so many answers. The one for a single answer comes again and again; those for many differ, and are not kept.
fn query(statement: String, answers: usize) -> Query<'static, Any, AnyArguments> {
    sqlx::query(AssertSqlSafe(statement)).persistent(answers == 1)
}

fn ask(work: &Work, statement: &str, answers: &[&NewAnswer]) -> Query<'static, Any, AnyArguments> {
    let query = query(asking(statement, &places(work, answers.len(), 3)), answers.len());
    answers.iter().fold(query, |query, new| {
        query.bind(id(new.id.0)).bind(id(new.about.user.0)).bind(new.about.question.as_str().to_owned())
    })
}

async fn known(work: &mut Work, answers: &[&NewAnswer]) -> Result<HashMap<InteractionId, Known>, StoreError> {
    let mut known: HashMap<InteractionId, Known> = HashMap::new();
    for row in ask(work, BESIDE, answers).fetch_all(&mut **work).await? {
        let asked = InteractionId(snowflake(row.try_get("interaction_id")?));
        let of = known.entry(asked).or_default();
        of.has_draft = row.try_get::<Option<i64>, _>("typed_at")?.is_some();
        of.coaching.is_coached = row.try_get::<Option<i64>, _>("is_coached")?.is_none_or(|coached| coached != 0);
        let revisit = row.try_get::<Option<i64>, _>("rung")?.zip(row.try_get::<Option<i64>, _>("due_at")?);
        let question = answers.iter().find(|new| new.id == asked).map(|new| &new.about.question);
        let revisit =
            revisit.zip(question).map(|((rung, due_at), question)| into_revisit(question.clone(), rung, due_at));
        of.coaching.revisit = revisit.transpose()?;
    }
    for row in ask(work, EARLIER, answers).fetch_all(&mut **work).await? {
        let asked = InteractionId(snowflake(row.try_get("incoming_id")?));
        let attempt = AnswerRow::from_row(&row)?.into_attempt()?;
        let of = known.entry(asked).or_default();
        let place = if attempt.id == asked { &mut of.same } else { &mut of.newest };
        *place = Some(attempt);
    }
    Ok(known)
}

async fn insert(work: &mut Work, attempts: &[Attempt]) -> Result<(), StoreError> {
    let statement = format!(
        "insert into answer (interaction_id, user_id, guild_id, channel_id, day, question_key, attempt, situation, task, action, result, \
         folded, answered_at) values {}",
        places(work, attempts.len(), 13)
    );
    let mut query = query(statement, attempts.len());
    for attempt in attempts {
        let (channel, day) = post_columns(attempt.about.post);
        query = query
            .bind(id(attempt.id.0))
            .bind(id(attempt.about.user.0))
            .bind(attempt.about.guild.map(|guild| id(guild.0)))
            .bind(channel)
            .bind(day)
            .bind(attempt.about.question.as_str().to_owned())
            .bind(i64::from(attempt.number))
            .bind(attempt.answer.get(Part::Situation).to_owned())
            .bind(attempt.answer.get(Part::Task).to_owned())
            .bind(attempt.answer.get(Part::Action).to_owned())
            .bind(attempt.answer.get(Part::Result).to_owned())
            .bind(folded(&attempt.answer))
            .bind(attempt.at.as_millisecond());
    }
    query.execute(&mut **work).await?;
    Ok(())
}

/// The four parts in lower case, a line break between two, so that nothing is found across them.
fn folded(answer: &StarAnswer) -> String {
    Part::ALL.map(|part| answer.get(part).to_lowercase()).join("\n")
}
