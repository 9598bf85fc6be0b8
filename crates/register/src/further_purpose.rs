//! Purposes that changed after data were obtained for them: GDPR Art. 13(3), 14(4); a consent for the
//! old purpose carries nothing for the new one (Art. 4(11), EDPB Guidelines 05/2020 no. 55 to 58).

use crate::{Activity, Register, Role};

/// An activity whose purpose is another one than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FurtherPurpose {
    /// The activity, by identifier.
    pub activity: String,
    /// The purpose that it had.
    pub before: Option<String>,
    /// What was said then about an earlier change of wording.
    same_before: Option<String>,
}

impl FurtherPurpose {
    /// Whether `activity` says, since the change, that only the wording changed.
    pub fn is_only_wording(&self, activity: &Activity) -> bool {
        activity.same_purpose.is_some() && activity.same_purpose != self.same_before
    }
}

/// The activities of `new` that say another purpose than they did in `old`, which are those that were
/// ever declared, as they were last. Saying a purpose where none was said changes none.
pub fn further_purposes(old: &[Activity], new: &Register) -> Vec<FurtherPurpose> {
    let own = new.activities.iter().filter(|a| a.role == Role::Controller);
    own.filter_map(|activity| {
        let before = old.iter().find(|before| before.id == activity.id)?;
        let kind = before.purpose_kind != activity.purpose_kind;
        let text = before.purpose.as_deref().is_some_and(|before| {
            words(before) != words(activity.purpose.as_deref().unwrap_or_default())
        });
        (kind || text).then(|| FurtherPurpose {
            activity: activity.id.clone(),
            before: before.purpose.clone(),
            same_before: before.same_purpose.clone(),
        })
    })
    .collect()
}

/// The words alone: another line break is no other purpose.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}
