//! Lists on their way in. An uploaded list is kept in memory alone, so that no copy of personal
//! data is left behind on the disk, and is forgotten after a while.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use operations::OrganisationId;
use operations::import::{ColumnMap, Imported, Progress, Provenance};

/// How long a list is kept after it was last touched.
const KEPT: SignedDuration = SignedDuration::from_mins(60);
/// Lists kept at once for an organisation.
const MOST: usize = 8;

/// A list on its way in.
pub struct List {
    pub organisation: OrganisationId,
    pub file: Arc<[u8]>,
    pub name: String,
    pub provenance: Provenance,
    pub country: law::Country,
    pub map: Mutex<Vec<ColumnMap>>,
    pub state: Mutex<State>,
    touched: Mutex<Timestamp>,
}

/// How far a list has come.
#[derive(Clone)]
pub enum State {
    /// Its columns are looked at.
    Looked,
    /// It is being taken in.
    Running(Progress),
    /// It was taken in; rejected rows are a file.
    Done {
        imported: Imported,
        rejects: Arc<[u8]>,
    },
    /// It was not taken in to its end.
    Failed(String),
}

/// All lists on their way in.
#[derive(Default)]
pub struct Lists(Mutex<HashMap<String, Arc<List>>>);

impl List {
    pub fn new(
        organisation: OrganisationId,
        name: String,
        file: Vec<u8>,
        provenance: Provenance,
        country: law::Country,
        now: Timestamp,
    ) -> Self {
        Self {
            organisation,
            file: file.into(),
            name,
            provenance,
            country,
            map: Mutex::default(),
            state: Mutex::new(State::Looked),
            touched: Mutex::new(now),
        }
    }

    pub fn state(&self) -> State {
        held(&self.state).clone()
    }

    pub fn now_is(&self, state: State) {
        *held(&self.state) = state;
    }

    /// Begins the run; `false` if it has begun already.
    pub fn begin(&self, total: Progress) -> bool {
        let mut state = held(&self.state);
        let first = matches!(*state, State::Looked | State::Failed(_));
        if first {
            *state = State::Running(total);
        }
        first
    }

    /// Does the run's `work` and keeps what came of it. A panic ends it as `failed`, so that the
    /// list never stays on its way.
    pub fn run(&self, failed: String, work: impl FnOnce() -> State) {
        let ended = catch_unwind(AssertUnwindSafe(work));
        self.now_is(ended.unwrap_or_else(|_| {
            tracing::error!("taking in a list panicked");
            State::Failed(failed)
        }));
    }
}

impl Lists {
    /// Keeps a list; `false` if its organisation has too many at once.
    pub fn add(&self, id: String, list: List, now: Timestamp) -> bool {
        let mut lists = self.fresh(now);
        let of_it = |kept: &&Arc<List>| kept.organisation == list.organisation;
        let room = lists.values().filter(of_it).count() < MOST;
        if room {
            lists.insert(id, Arc::new(list));
        }
        room
    }

    /// The lists, after those were forgotten that nobody has touched for too long.
    fn fresh(&self, now: Timestamp) -> MutexGuard<'_, HashMap<String, Arc<List>>> {
        let mut lists = held(&self.0);
        lists.retain(|_, list| {
            matches!(list.state(), State::Running(_))
                || now.duration_since(*held(&list.touched)) < KEPT
        });
        lists
    }

    /// The list with this id, if it is this organisation's.
    pub fn find(
        &self,
        id: &str,
        organisation: OrganisationId,
        now: Timestamp,
    ) -> Option<Arc<List>> {
        let lists = self.fresh(now);
        let list = lists.get(id)?;
        (list.organisation == organisation).then(|| {
            *held(&list.touched) = now;
            Arc::clone(list)
        })
    }
}

/// What a lock holds stays whole even if a thread panicked while holding it.
pub fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use law::facts::Source;

    fn list(organisation: u8) -> List {
        let provenance = Provenance {
            source: "Messe".to_owned(),
            source_kind: Source::Other,
            obtained_on: date(2026, 11, 24),
            kind: None,
        };
        let organisation = store_id(organisation);
        let (name, country) = ("list.csv".to_owned(), law::Country::DE);
        List::new(
            organisation,
            name,
            vec![1],
            provenance,
            country,
            Timestamp::UNIX_EPOCH,
        )
    }

    fn store_id(number: u8) -> OrganisationId {
        format!("{number:032x}").parse().unwrap()
    }

    #[test]
    fn a_list_is_found_by_its_own_organisation_only_and_forgotten_after_an_hour() {
        let lists = Lists::default();
        let minute = |n| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(n);
        assert!(lists.add("a".to_owned(), list(1), minute(0)));
        assert!(lists.add("b".to_owned(), list(1), minute(0)));
        assert!(lists.find("a", store_id(2), minute(0)).is_none());
        assert!(lists.find("a", store_id(1), minute(59)).is_some());
        assert!(lists.find("b", store_id(1), minute(60)).is_none());
        assert_eq!(held(&lists.0).len(), 1, "nothing of it is kept");
        // Touched again after 59 minutes, it has another hour.
        assert!(lists.find("a", store_id(1), minute(118)).is_some());
        assert!(lists.find("a", store_id(1), minute(178)).is_none());
    }

    #[test]
    fn an_organisation_can_not_fill_the_memory_and_takes_no_room_from_another() {
        let lists = Lists::default();
        let now = Timestamp::UNIX_EPOCH;
        for n in 0..MOST {
            assert!(lists.add(n.to_string(), list(1), now));
        }
        assert!(!lists.add("more".to_owned(), list(1), now));
        assert!(lists.add("other".to_owned(), list(2), now));
    }

    #[test]
    fn a_run_that_panics_has_failed_and_can_begin_again() {
        let list = list(1);
        let none = Progress { done: 0, total: 1 };
        assert!(list.begin(none));
        list.run("failed".to_owned(), || panic!("on purpose"));
        assert!(matches!(list.state(), State::Failed(why) if why == "failed"));
        assert!(list.begin(none));
    }

    #[test]
    fn a_run_begins_once() {
        let list = list(1);
        let none = Progress { done: 0, total: 1 };
        assert!(list.begin(none));
        assert!(!list.begin(none));
    }
}
