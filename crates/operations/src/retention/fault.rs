//! Why nothing was kept, released or erased.

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RetentionFault {
    /// A run is proposed or released and not done yet.
    #[error("there is a run already that is not done; release it or call it off")]
    RunOpen,
    /// Nothing can go.
    #[error("nothing is due that could go without a decision")]
    NothingDue,
    /// There is no such run.
    #[error("there is no such run")]
    UnknownRun,
    /// The run was released, done or called off meanwhile.
    #[error("the run was released, done or called off meanwhile; look at it again")]
    RunMoved,
    /// Who proposed a run can't release it.
    #[error("somebody else than the one who proposed the run has to release it")]
    SecondPerson,
    /// There is no such hold.
    #[error("there is no such hold")]
    UnknownHold,
    /// A hold that is over from the start.
    #[error("a hold can't end before today")]
    HoldOver,
    /// A hold without a provision or a reason, or with too long ones.
    #[error("a hold needs a provision and a reason of at most 500 characters each")]
    HoldText,
    /// A hold was to be lifted without a reason, or with too long a one.
    #[error("lifting a hold needs a reason of at most 500 characters")]
    LiftText,
    /// A restriction was to be lifted of somebody whose erasure waits.
    #[error("an erasure of this person waits; until it is done the data stay restricted")]
    ErasureWaits,
    /// Who asked for a looser release can't confirm it.
    #[error("somebody else than the one who asked for another release has to confirm it")]
    SecondPersonSets,
    /// No other release was asked for, or another one than was shown.
    #[error("the release that was asked for changed meanwhile; look at it again")]
    ReleaseMoved,
}
