//! Erasure that travels: who got a person's data is told when they are erased, corrected or restricted
//! (GDPR Art. 19), and what each recipient answers is kept. The person is told who they are on request.

mod after_restore;
mod answer;
mod hook;
mod notice;
mod queue;
mod tidy;
mod view;

pub use answer::{Answer, AnswerPage};
pub use hook::{Hook, HookEnd};
pub use notice::{About, NoticeState, OVERDUE_DAYS, Person as ToldPerson, Way};
pub use view::{NoticeLine, NoticePart};

pub(crate) use after_restore::end_notices;
pub(crate) use notice::proof;
pub(crate) use queue::{Told, objected, tell};
pub(crate) use tidy::{supersede, supersede_about};
pub(crate) use view::told;
