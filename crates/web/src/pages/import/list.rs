//! Lists on their way in. An uploaded list is kept in memory alone, so that no copy of personal
//! data is left behind on the disk, and is forgotten after a while.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use operations::OrganisationId;
use operations::import::{ColumnMap, Imported, Progress, Provenance};

/// How long a list is kept after it was last touched.
const KEPT: SignedDuration = SignedDuration::from_mins(60);
/// Lists kept at once.
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
}

impl Lists {
    /// Keeps a list; `None` if there are too many at once.
    pub fn add(&self, id: String, list: List, now: Timestamp) -> Option<Arc<List>> {
        let mut lists = held(&self.0);
        lists.retain(|_, list| {
            matches!(list.state(), State::Running(_))
                || now.duration_since(*held(&list.touched)) < KEPT
        });
        if lists.len() >= MOST {
            return None;
        }
        let list = Arc::new(list);
        lists.insert(id, Arc::clone(&list));
        Some(list)
    }

    /// The list with this id, if it is this organisation's.
    pub fn find(
        &self,
        id: &str,
        organisation: OrganisationId,
        now: Timestamp,
    ) -> Option<Arc<List>> {
        let lists = held(&self.0);
        let list = lists.get(id)?;
        (list.organisation == organisation).then(|| {
            *held(&list.touched) = now;
            Arc::clone(list)
        })
    }
}

/// What a lock holds stays whole even if a thread panicked while holding it.
pub fn held<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
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
        let now = Timestamp::UNIX_EPOCH;
        lists.add("a".to_owned(), list(1), now).unwrap();
        assert!(lists.find("a", store_id(1), now).is_some());
        assert!(lists.find("a", store_id(2), now).is_none());
        let later = now + SignedDuration::from_mins(61);
        lists.add("b".to_owned(), list(1), later).unwrap();
        assert!(lists.find("a", store_id(1), later).is_none());
    }

    #[test]
    fn lists_can_not_fill_the_memory() {
        let lists = Lists::default();
        let now = Timestamp::UNIX_EPOCH;
        for n in 0..MOST {
            assert!(lists.add(n.to_string(), list(1), now).is_some());
        }
        assert!(lists.add("more".to_owned(), list(1), now).is_none());
    }

    #[test]
    fn a_run_begins_once() {
        let list = list(1);
        let none = Progress { done: 0, total: 1 };
        assert!(list.begin(none));
        assert!(!list.begin(none));
    }
}
