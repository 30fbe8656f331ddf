//! Stories: a Discord and the real bot on real sockets, a clock that is moved by hand, and people who speak and look.

mod admins;
mod answering;
mod archived_thread;
mod comparing;
mod daily_post;
mod downtime;
mod drafts;
mod gateway;
mod history;
mod leaving;
mod messages;
mod once;
mod own_data;
mod places;
mod practice;
mod progress;
mod restart;
mod setting_up;
mod settings;
mod sharing;
mod storage;
mod taking_back;
mod troubles;
mod unclear_share;
pub(crate) mod world;
