//! The way to lawful processing in six steps: what is done, what is missing, and what to do next.

use register::{Gap, PathStep, Place, Weight};

use crate::overview::Overview;

/// A step of the way.
#[derive(Clone, Debug)]
pub struct Step<'o> {
    /// Which.
    pub step: PathStep,
    /// How far it has come.
    pub state: StepState,
    /// What the register lacks for it, what the law asks for first.
    pub gaps: Vec<&'o Gap>,
    /// What to do next; `None` if nothing is missing that can be seen here.
    pub next: Option<NextAction<'o>>,
}

/// How far a step has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Nothing is there yet.
    ToDo,
    /// Something is missing.
    Begun,
    /// Nothing is missing that can be seen here.
    Done,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextAction<'o> {
    /// Take in a list of contacts.
    ImportContacts,
    /// Declare an activity.
    AddActivity,
    /// Declare a measure.
    AddMeasure,
    /// Mend an entry of the register.
    Mend(&'o Place),
    /// Inform persons whose data came from elsewhere (GDPR Art. 14).
    Inform,
    /// Train the people who work with the data (GDPR Art. 39(1)(b), Art. 32(4)).
    Train,
}

impl Overview {
    /// The six steps in order.
    pub fn steps(&self) -> Vec<Step<'_>> {
        PathStep::ALL.map(|step| self.step(step)).to_vec()
    }

    fn step(&self, step: PathStep) -> Step<'_> {
        let gaps: Vec<_> = self
            .missing
            .iter()
            .filter(|gap| gap.step() == step)
            .collect();
        let empty = match step {
            PathStep::Know => self.contacts == 0,
            PathStep::Purposes | PathStep::Assess | PathStep::Inform => self.activities == 0,
            PathStep::Secure => self.measures == 0,
            // What is trained is not kept here yet, so it is never done here.
            PathStep::Train => true,
        };
        let uninformed = step == PathStep::Inform && !self.to_inform.is_empty();
        let must = gaps.iter().find(|gap| gap.weight == Weight::Must);
        let mend = must
            .or(gaps.first())
            .map(|gap| NextAction::Mend(&gap.place));
        let next = match step {
            PathStep::Know if empty => Some(NextAction::ImportContacts),
            PathStep::Purposes | PathStep::Assess if empty => Some(NextAction::AddActivity),
            PathStep::Secure if empty => Some(NextAction::AddMeasure),
            PathStep::Train => Some(NextAction::Train),
            PathStep::Inform if uninformed && must.is_none() => Some(NextAction::Inform),
            _ => mend,
        };
        let state = match (empty, gaps.is_empty() && !uninformed) {
            (true, _) => StepState::ToDo,
            (false, true) => StepState::Done,
            (false, false) => StepState::Begun,
        };
        Step {
            step,
            state,
            gaps,
            next,
        }
    }
}
